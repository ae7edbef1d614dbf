using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Atelier.Data.Decoding;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Corpus;

/// <summary>1,250 files of 50 kinds: every one is classified, and not one byte of them changes.</summary>
public sealed partial class DefectCorpusTests : IDisposable
{
    private const int Seeds = 25;
    private const int MaxReason = 200;
    private const long SmallBytes = 1 << 20;

    private static readonly List<CorpusKind> Broken = [.. BrokenKinds.All()];
    private static readonly List<CorpusKind> Odd = [.. OddKinds.All()];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pack_EveryKindOfFile_ListsTheBrokenOnesTakesTheOthersAndChangesNothing()
    {
        Assert.True(Broken.Count + Odd.Count + 2 >= 50);
        WriteAll();
        var before = HashOfTree();

        using var source = DatasetOpener.OpenSource(folder["src"]);
        var failure = Assert.Throws<OffendersException>(
            () => DatasetPacker.Pack(source, folder["out.atl"], new PackOptions()));

        var found = failure.Offenders.ToDictionary(offender => offender.Name, offender => offender.Reason);
        var wrong = new List<string>();
        foreach (var (kind, seed) in Broken.SelectMany(_ => Enumerable.Range(0, Seeds),
            (kind, seed) => (kind, seed)))
        {
            if (!found.Remove(NameOf(kind, seed), out var reason))
                wrong.Add($"{NameOf(kind, seed)} was taken");
            else if (!reason.Contains(kind.Reason!, StringComparison.Ordinal)
                || reason.Contains('\n', StringComparison.Ordinal) || reason.Length > MaxReason)
                wrong.Add($"{NameOf(kind, seed)}: {reason}");
        }

        Assert.Empty(wrong);
        for (var seed = 0; seed < Seeds; seed++)
        {
            Assert.True(found.Remove($"a/pipe-{seed:00}.jpg", out var pipe));
            Assert.Equal("the file is empty", pipe);
            Assert.True(found.Remove($"a/dangling-{seed:00}.jpg", out var link));
            Assert.StartsWith("it cannot be read", link, StringComparison.Ordinal);
        }

        Assert.Empty(found);
        Assert.Equal(before, HashOfTree());
        Assert.Equal(["src"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));

        var report = DatasetPacker.Pack(source, folder["out.atl"],
            new PackOptions { Size = 8, SkipBad = true });
        Assert.Equal((Odd.Count * Seeds, (Broken.Count + 2) * Seeds),
            (report.Info.Count, report.Info.Skipped));
        using var dataset = PackedDataset.Open(folder["out.atl"]);
        dataset.Verify();
    }

    [Fact]
    public void Decode_OddFile_GivesItsPixels()
    {
        foreach (var kind in Odd)
        {
            for (var seed = 0; seed < Seeds; seed++)
                Assert.Equal(kind.Pixels!(seed), ImageReader.Decode(kind.Make(seed)).Pixels);
        }
    }

    [Fact]
    public void Decode_AnyFile_AllocatesNoMoreThanItsPixelsNeed()
    {
        foreach (var kind in Broken.Concat(Odd))
        {
            var file = kind.Make(3);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ImageReader.Decode(file);
            }
            catch (BadImageException)
            {
                // Refused; what counts is what was allocated until then.
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < SmallBytes, kind.Name);
        }
    }

    private static string NameOf(CorpusKind kind, int seed) => $"a/{kind.Name}-{seed:00}.{kind.Extension}";

    private void WriteAll()
    {
        folder.Make("src/a");
        foreach (var kind in Broken.Concat(Odd))
        {
            for (var seed = 0; seed < Seeds; seed++)
                File.WriteAllBytes(folder["src/" + NameOf(kind, seed)], kind.Make(seed));
        }

        for (var seed = 0; seed < Seeds; seed++)
        {
            // Opening a pipe that nobody writes to would wait for ever.
            Assert.Equal(0, MakePipe(folder[$"src/a/pipe-{seed:00}.jpg"], 0x1B6));
            File.CreateSymbolicLink(folder[$"src/a/dangling-{seed:00}.jpg"], "nowhere");
        }
    }

    private string HashOfTree()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in new DirectoryInfo(folder["src"]).EnumerateFiles("*", SearchOption.AllDirectories)
            .OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.FullName} {file.LastWriteTimeUtc.Ticks}"));
            if (file.LinkTarget is null && file.Length > 0)
                hash.AppendData(File.ReadAllBytes(file.FullName));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
