using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Packing;

/// <summary>Two red images of one class and one blue one of another, packed at 8 px: 576 bytes of
/// pixels.</summary>
public sealed class PackCacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> warnings = [];

    public PackCacheTests()
    {
        folder.Write("src/a/1.png", PngMaker.Solid(9, 8, 200, 0, 0));
        folder.Write("src/a/2.png", PngMaker.Solid(8, 9, 201, 0, 0));
        folder.Write("src/b/1.png", PngMaker.Solid(8, 8, 0, 0, 90));
    }

    private string[] Kept => Directory.Exists(folder["cache"])
        ? [.. Directory.GetFileSystemEntries(folder["cache"]).Order(StringComparer.Ordinal)] : [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TryOpen_Again_GivesTheSameDatasetWithoutPacking()
    {
        var first = Open(new PackCache(folder["cache"]));
        var kept = Assert.Single(Kept);

        var second = Open(new PackCache(folder["cache"]), steps: out var steps);

        Assert.Equal(first, second);
        Assert.Equal(0, steps);
        Assert.Equal(kept, Assert.Single(Kept));
        using var straight = DatasetOpener.OpenOrPack(
            folder["src"], folder["straight.atl"], new PackOptions { Size = 8 });
        Assert.Equal(straight.ContentHash, first);
    }

    [Theory]
    [InlineData("time")]
    [InlineData("size")]
    [InlineData("name")]
    [InlineData("more")]
    public void TryOpen_SourceChanged_PacksAgain(string how)
    {
        var cache = new PackCache(folder["cache"]);
        var before = Open(cache);
        var file = folder["src/a/1.png"];
        switch (how)
        {
            case "time":
                var time = File.GetLastWriteTimeUtc(file);
                File.WriteAllBytes(file, PngMaker.Solid(9, 8, 0, 77, 0));
                File.SetLastWriteTimeUtc(file, time.AddSeconds(1));
                break;
            case "size":
                var same = File.GetLastWriteTimeUtc(file);
                File.WriteAllBytes(file, PngMaker.Solid(90, 80, 0, 77, 0));
                File.SetLastWriteTimeUtc(file, same);
                break;
            case "name":
                File.Move(file, folder["src/b/9.png"]);
                break;
            default:
                File.Copy(file, folder["src/b/9.png"]);
                break;
        }

        var after = Open(cache, out var steps);

        Assert.NotEqual(before, after);
        Assert.True(steps > 0);
        Assert.Equal(2, Kept.Length);
    }

    [Fact]
    public void TryOpen_OtherOptionsOrPlace_AreOtherFiles()
    {
        var cache = new PackCache(folder["cache"]);
        Open(cache);
        Open(cache, size: 4);
        Directory.Move(folder["src"], folder["moved"]);

        Open(cache, path: "moved");

        Assert.Equal(3, Kept.Length);
    }

    [Fact]
    public void TryOpen_MoreThanItsBytes_RemovesWhatWasNotUsedForLongest()
    {
        var cache = new PackCache(folder["cache"]);
        Open(cache, size: 8);
        var oldest = Assert.Single(Kept);
        Open(cache, size: 9);
        var kept = Kept.Single(file => file != oldest);
        File.SetLastWriteTimeUtc(oldest, DateTime.UtcNow.AddDays(-3));
        File.SetLastWriteTimeUtc(kept, DateTime.UtcNow.AddDays(-2));
        // Using it makes it the newest.
        Open(cache, size: 8);
        var room = new FileInfo(oldest).Length + (3 * 3 * 10 * 10);

        Open(new PackCache(folder["cache"], room), size: 10);

        Assert.Equal(2, Kept.Length);
        Assert.Contains(oldest, Kept);
        Assert.DoesNotContain(kept, Kept);
    }

    [Fact]
    public void TryOpen_LargerThanAllBytes_IsNotKept()
    {
        Assert.Null(Open(new PackCache(folder["cache"], (3 * 3 * 8 * 8) - 1)));
        Assert.Empty(Kept);
        Assert.NotNull(Open(new PackCache(folder["cache"], 3 * 3 * 8 * 8)));
    }

    [Fact]
    public void TryOpen_KeptFileDamaged_IsMadeAgainWithAWarning()
    {
        var cache = new PackCache(folder["cache"], warn: warnings.Add);
        var before = Open(cache);
        var kept = Assert.Single(Kept);
        File.WriteAllBytes(kept, File.ReadAllBytes(kept)[..^1]);

        Assert.Equal(before, Open(cache));

        Assert.Contains("made again", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(kept, Assert.Single(Kept));
    }

    [Fact]
    public void TryOpen_AbandonedPacking_IsRemovedAndAYoungOneStays()
    {
        folder.Write("cache/old.atl.partial/journal", [1]);
        folder.Write("cache/young.atl.partial/journal", [1]);
        Directory.SetLastWriteTimeUtc(folder["cache/old.atl.partial"], DateTime.UtcNow.AddDays(-2));

        Open(new PackCache(folder["cache"]));

        Assert.False(Directory.Exists(folder["cache/old.atl.partial"]));
        Assert.True(Directory.Exists(folder["cache/young.atl.partial"]));
    }

    [Fact]
    public void TryOpen_FolderCannotBeMade_IsAWarning()
    {
        folder.Write("file", [1]);

        Assert.Null(Open(new PackCache(folder["file/cache"], warn: warnings.Add)));

        Assert.Contains("could not be kept", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void TryOpen_BadImages_AreListedAndNothingIsKept()
    {
        folder.Write("src/a/bad.png", "text"u8.ToArray());

        var failure = Assert.Throws<OffendersException>(() => Open(new PackCache(folder["cache"])));

        Assert.Contains("a/bad.png", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Kept);
    }

    private string? Open(PackCache cache, int size = 8, string path = "src")
        => Open(cache, out _, size, path);

    /// <summary>The content hash of what the cache gives, and how often packing told of itself.</summary>
    private string? Open(PackCache cache, out int steps, int size = 8, string path = "src")
    {
        using var source = DatasetOpener.OpenSource(folder[path]);
        var counter = new Counter();
        using var dataset = cache.TryOpen(
            source, folder[path], new PackOptions { Size = size, Threads = 1 }, counter);
        steps = counter.Steps;
        return dataset?.ContentHash;
    }

    private sealed class Counter : IProgress<PackProgress>
    {
        public int Steps { get; private set; }

        public void Report(PackProgress value) => Steps++;
    }
}
