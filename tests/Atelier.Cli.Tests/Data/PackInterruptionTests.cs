using System.Diagnostics;
using System.Security.Cryptography;
using Atelier.Cli.Tests.Train;
using Atelier.Data;
using Atelier.Data.Resizing;

namespace Atelier.Cli.Tests.Data;

/// <summary>The built program packs 500 pictures, six blocks of them, and is stopped by force.</summary>
public sealed class PackInterruptionTests : IDisposable
{
    private const int Images = 500;
    private const int Interrupt = 2;
    private const int Kill = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TinyWorkshop workshop = new();
    private readonly string source;

    public PackInterruptionTests() => source = PictureFolder.Make(workshop.In("src"), Images, 24);

    public void Dispose() => workshop.Dispose();

    [Fact]
    public void Pack_KilledAgainAndAgain_NeverLooksWholeAndEndsInTheSameBytes()
    {
        using (var images = DatasetOpener.OpenSource(source))
        {
            DatasetPacker.Pack(images, workshop.In("straight.atl"),
                new PackOptions { Size = 256, Filter = ResizeFilter.Bilinear, Threads = 2 },
                cancel: TestContext.Current.CancellationToken);
        }

        var random = new Random(11);
        var kills = 0;
        for (; kills < 4 && !File.Exists(workshop.In("out.atl")); kills++)
        {
            var noted = JournalBytes();
            using var program = AtelierProcess.Start(workshop, Words());
            program.WaitUntil(() => JournalBytes() > noted, "a block");
            program.Linger(random.Next(0, 60));
            program.Send(Kill);
            program.WaitForEnd();
            // A file is there when the kill came too late, and then it is the whole one.
            if (!File.Exists(workshop.In("out.atl")))
                Assert.False(PackedDataset.Recognises(workshop.In("out.atl.partial/shard-00000.atl")));
        }

        using (var last = AtelierProcess.Start(workshop, Words()))
            Assert.True(last.WaitForEnd() == 0, last.Error);
        Assert.True(kills > 1);
        Assert.Equal(Hash("straight.atl"), Hash("out.atl"));
        Assert.False(Directory.Exists(workshop.In("out.atl.partial")));
    }

    [Fact]
    public void Pack_Interrupted_EndsWith130AndTheNextCallGoesOn()
    {
        using (var program = AtelierProcess.Start(workshop, Words()))
        {
            program.WaitUntil(() => JournalBytes() > 200, "a block");
            program.Send(Interrupt);
            Assert.Equal(130, program.WaitForEnd());
            Assert.Contains("the same command goes on from here", program.Error, StringComparison.Ordinal);
        }

        using var again = AtelierProcess.Start(workshop, Words());

        Assert.True(again.WaitForEnd() == 0, again.Error);
        Assert.Contains("Went on from where an earlier call was stopped", again.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_FileCannotGrow_EndsWith8AndLeavesNothing()
    {
        // A limit on file sizes breaks a write in the middle, as a full disk does; the runtime maps its own
        // code through files unless told not to.
        var (code, error) = Limited(40_000, Words());

        Assert.True(code == 8, error);
        Assert.Contains("holds no file of this size", error, StringComparison.Ordinal);
        Assert.False(File.Exists(workshop.In("out.atl")));
        Assert.False(Directory.Exists(workshop.In("out.atl.partial")));
    }

    [Fact]
    public void Grid_FileCannotGrow_EndsWith8AndLeavesNothing()
    {
        var (code, error) = Limited(
            4, "data", "grid", source, "-o", workshop.In("sheet.png"));

        Assert.True(code == 8, error);
        Assert.Contains("holds no file of this size", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(workshop.In(""), "*sheet.png*"));
        Assert.Empty(Directory.EnumerateFiles(workshop.In(""), ".tmp-*"));
    }

    [Fact]
    public void Pack_DiskTooSmall_IsToldBeforeAnythingIsWritten()
    {
        Directory.CreateDirectory(workshop.In("small"));
        var mount = $"mount -t tmpfs -o size=8m tmpfs '{workshop.In("small")}'";
        Assert.SkipUnless(Run("unshare", "-rm", "sh", "-c", mount).Code == 0,
            "no file system can be mounted");

        var (code, error) = Run("unshare", ["-rm", "sh", "-c",
            $"{mount} && \"$@\"; code=$?; ls -A '{workshop.In("small")}' >&2; exit $code", "sh",
            .. Program(Words(workshop.In("small/out.atl")))]);

        Assert.True(code == 8, error);
        Assert.Contains("The disk is full", error, StringComparison.Ordinal);
        Assert.Contains("It needs 98", error, StringComparison.Ordinal);
        Assert.DoesNotContain("partial", error.Split('\n')[^2], StringComparison.Ordinal);
    }

    private string[] Words(string? output = null) =>
    [
        "data", "pack", source, "-o", output ?? workshop.In("out.atl"), "--size", "256", "--resize",
        "bilinear", "--workers", "1",
    ];

    private static string[] Program(string[] words)
        => ["dotnet", Path.Combine(AppContext.BaseDirectory, "atelier.dll"), .. words];

    /// <summary>Runs the program where no file may have more than so many KiB.</summary>
    private (int Code, string Error) Limited(int kibibytes, params string[] words)
        => Run("bash", ["-c", FormattableString.Invariant($"ulimit -f {kibibytes}; exec \"$@\""), "bash",
            .. Program(words)]);

    private (int Code, string Error) Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ATELIER_HOME"] = workshop.In("home");
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), "the program did not end in time");
        return (process.ExitCode, error.GetAwaiter().GetResult());
    }

    private long JournalBytes()
    {
        var file = new FileInfo(workshop.In("out.atl.partial/journal"));
        return file.Exists ? file.Length : 0;
    }

    private string Hash(string name)
    {
        using var stream = File.OpenRead(workshop.In(name));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
