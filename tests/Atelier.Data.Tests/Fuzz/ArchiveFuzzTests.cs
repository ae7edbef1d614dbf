using System.Formats.Tar;
using System.IO.Compression;
using Atelier.Data.Archives;
using Atelier.Data.Tests.Support;
using Atelier.Data.Trees;
using Atelier.Tests;

namespace Atelier.Data.Tests.Fuzz;

/// <summary>Bent archives in memory, every entry read.</summary>
public sealed class ArchiveFuzzTests
{
    private static readonly byte[] Text = "The same words, the same words, the same words."u8.ToArray();

    [Fact]
    public void Zip_Bent_IsReadOrRefused() => FuzzRun.Run(
        200_000, 1,
        [
            new ZipMaker().Add("a/1.png", Text).Add("b/", []).Finish(),
            new ZipMaker().Add("x", Text.AsSpan(0, 9)).Finish(wide: true),
            Deflated(),
        ],
        FailureKind.Dataset, static file => ReadAll(new ZipTree(new ArchiveBytes("x.zip", file))));

    [Fact]
    public void Tar_Bent_IsReadOrRefused() => FuzzRun.Run(
        50_000, 2,
        [
            new TarMaker().Add("a/1.png", Text).Pax("path", "b/2.png").Add("x", [], '5').Finish(),
            TarMaker.Make([(new string('n', 130), Text)], TarEntryFormat.Gnu),
        ],
        FailureKind.Dataset, static file => ReadAll(new TarTree("x.tar", new ArchiveBytes("x.tar", file))));

    [Fact]
    public void Zstd_Bent_IsReadOrInvalid()
    {
        var original = Golden.Read("Sources/classes.tar.zst");
        var mutator = new ByteMutator(3);
        var buffer = new byte[1 << 15];
        for (var i = 0; i < 5_000; i++)
        {
            try
            {
                using var stream = new ZstdStream(new MemoryStream(mutator.Bend(original)));
                for (var total = 0; total < 1 << 20;)
                {
                    var count = stream.Read(buffer);
                    if (count == 0) break;
                    total += count;
                }
            }
            catch (InvalidDataException)
            {
                // The one exception that its callers expect.
            }
        }
    }

    private static void ReadAll(FileTree tree)
    {
        using (tree)
        {
            for (var i = 0; i < tree.Files.Count; i++)
            {
                tree.ReadAll(i);
                tree.Read(i, 5, out _);
            }
        }
    }

    private static byte[] Deflated()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            using var stream = zip.CreateEntry("a/1.png").Open();
            stream.Write(Text);
        }

        return memory.ToArray();
    }
}
