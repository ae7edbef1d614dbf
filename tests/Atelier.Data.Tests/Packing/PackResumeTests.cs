using Atelier.Data.Decoding;
using Atelier.Data.Resizing;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Packing;

/// <summary>90 images in blocks of 8; every tenth file is text.</summary>
public sealed class PackResumeTests : IDisposable
{
    private const int Images = 90;
    private const int Block = 8;

    private readonly TemporaryFolder folder = new();

    public PackResumeTests()
    {
        for (var i = 0; i < Images; i++)
        {
            folder.Write($"src/{(i < 60 ? "train" : "test")}/{i % 2}/{i:00}.png",
                i % 10 == 9 ? "text"u8.ToArray() : PngMaker.Solid(3 + (i % 4), 5, (byte)i, (byte)(7 * i), 9));
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, null)]
    [InlineData(5, null)]
    [InlineData(11, null)]
    [InlineData(6, 5600L)]
    [InlineData(11, 5600L)]
    public void Pack_InterruptedAndResumed_GivesTheBytesOfAnUninterruptedCall(int afterBlocks,
        long? shardBytes)
    {
        var options = Options with { ShardBytes = shardBytes };
        Pack("whole", options with { Threads = 1 });

        Interrupt("out", options, afterBlocks);
        var counting = new CountingSource(DatasetOpener.OpenSource(folder["src"]));
        var report = DatasetPacker.Pack(counting, folder["out"], options with { Threads = 3 });

        Assert.True(report.Resumed);
        Assert.InRange(counting.Decoded, 0, Images - 9 - (Block * (afterBlocks - 2)));
        Assert.Equal(0, counting.Headers);
        AssertSameFiles("whole", "out");
        Assert.False(Directory.Exists(folder["out.partial"]));
        Assert.Equal(9, report.Skipped.Count);
        Assert.Contains("starts with text", report.Skipped[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_InterruptedTwice_StillGivesTheSameBytes()
    {
        Pack("whole", Options);

        Interrupt("out", Options, 3);
        Interrupt("out", Options, 7);
        Pack("out", Options);

        AssertSameFiles("whole", "out");
    }

    [Fact]
    public void Pack_Interrupted_LeavesNothingThatLooksWhole()
    {
        folder.Write("out", "old"u8.ToArray());

        Interrupt("out", Options, 5);

        Assert.Equal("old", File.ReadAllText(folder["out"]));
        foreach (var file in Directory.EnumerateFiles(folder["out.partial"]))
            Assert.False(PackedDataset.Recognises(file));
        Assert.False(PackedDataset.Recognises(folder["out.partial"]));
    }

    [Theory]
    [InlineData("content")]
    [InlineData("time")]
    [InlineData("new file")]
    [InlineData("size")]
    [InlineData("filter")]
    public void Pack_SomethingElseNow_StartsAgain(string change)
    {
        Interrupt("out", Options, 6);
        var options = Options;
        switch (change)
        {
            case "content":
                folder.Write("src/train/0/00.png", PngMaker.Solid(30, 31, 200, 100, 9));
                break;
            case "time":
                File.SetLastWriteTimeUtc(folder["src/train/0/00.png"], DateTime.UnixEpoch);
                break;
            case "new file":
                folder.Write("src/test/1/zz.png", PngMaker.Solid(3, 3, 1, 2, 3));
                break;
            case "size":
                options = options with { Size = new ImageSize(5, 6) };
                break;
            default:
                options = options with { Filter = ResizeFilter.Bicubic };
                break;
        }

        var report = Pack("out", options);

        Assert.False(report.Resumed);
        Pack("whole", options);
        AssertSameFiles("whole", "out");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pack_PartialFileDamaged_DoesThatPartAgain(bool journal)
    {
        Pack("whole", Options);
        Interrupt("out", Options, 8);
        var path = folder[journal ? "out.partial/journal" : $"out.partial/{ShardIndex.FileNameOf(0)}"];
        var bytes = File.ReadAllBytes(path);
        // A pixel of a block in the middle is lost, or the journal ends inside of its last line.
        if (journal)
            bytes = bytes[..^4];
        else
            bytes[^(30 * 3 * 30)] ^= 1;
        File.WriteAllBytes(path, bytes);

        var report = Pack("out", Options);

        Assert.True(report.Resumed);
        AssertSameFiles("whole", "out");
    }

    [Fact]
    public void Pack_AnotherProcessIsPackingThere_IsRefused()
    {
        folder.Make("out.partial");
        using var other = new FileStream(folder["out.partial/journal"], FileMode.Create, FileAccess.ReadWrite,
            FileShare.None);

        var failure = Assert.Throws<AtelierException>(() => Pack("out", Options));

        Assert.Equal(FailureKind.Preflight, failure.Kind);
        Assert.Contains("Another process is packing", failure.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder["out.partial"]));
    }

    [Fact]
    public void Pack_BadImage_LeavesNoPartialFile()
    {
        Assert.Throws<OffendersException>(() => Pack("out", Options with { SkipBad = false }));

        Assert.Equal(["src"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    private static PackOptions Options => new()
    {
        Size = new ImageSize(6, 5),
        SkipBad = true,
        BlockImages = Block,
        Threads = 2,
    };

    private PackReport Pack(string output, PackOptions options)
    {
        using var source = DatasetOpener.OpenSource(folder["src"]);
        return DatasetPacker.Pack(source, folder[output], options);
    }

    private void Interrupt(string output, PackOptions options, int afterBlocks)
    {
        using var stop = new CancellationTokenSource();
        using var source = DatasetOpener.OpenSource(folder["src"]);
        var blocks = 0;
        var progress = new Callback(step =>
        {
            if (step.Phase == "images" && ++blocks == afterBlocks)
                stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(
            () => DatasetPacker.Pack(source, folder[output], options, progress, stop.Token));
    }

    private void AssertSameFiles(string expected, string actual)
    {
        if (File.Exists(folder[expected]))
        {
            Assert.Equal(File.ReadAllBytes(folder[expected]), File.ReadAllBytes(folder[actual]));
            return;
        }

        var names = Names(expected);
        Assert.Equal(names, Names(actual));
        foreach (var name in names)
        {
            Assert.Equal(File.ReadAllBytes(folder[$"{expected}/{name}"]),
                File.ReadAllBytes(folder[$"{actual}/{name}"]));
        }
    }

    private string[] Names(string name)
        => [.. Directory.EnumerateFiles(folder[name]).Select(file => Path.GetFileName(file)).Order()];

    private sealed class Callback(Action<PackProgress> action) : IProgress<PackProgress>
    {
        public void Report(PackProgress value) => action(value);
    }

    /// <summary>Counts what is read of another source.</summary>
    private sealed class CountingSource(ImageSource whole) : ImageSource
    {
        private int decoded;
        private int headers;

        public int Decoded => decoded;

        public int Headers => headers;

        public override string Description => whole.Description;

        public override IReadOnlyList<string> ClassNames => whole.ClassNames;

        public override IReadOnlyList<SourceSplit> Splits => whole.Splits;

        public override ResizeFit FitFor(int size) => whole.FitFor(size);

        public override string NameOf(int index) => whole.NameOf(index);

        public override int LabelOf(int index) => whole.LabelOf(index);

        public override SourceStamp? StampOf(int index) => whole.StampOf(index);

        public override ImageHeader ReadHeader(int index)
        {
            Interlocked.Increment(ref headers);
            return whole.ReadHeader(index);
        }

        public override RasterImage Decode(int index)
        {
            Interlocked.Increment(ref decoded);
            return whole.Decode(index);
        }
    }
}
