using System.Net;
using System.Security.Cryptography;
using Atelier.Data.Fetching;
using Atelier.Data.Tests.Support;
using Atelier.Tests;

namespace Atelier.Data.Tests;

/// <summary>Against a server on the loopback device; nothing outside is asked.</summary>
public sealed class DatasetFetcherTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly byte[] content = new byte[300_000];
    private readonly VerifiedDownload download = new(TimeSpan.FromSeconds(5));

    public DatasetFetcherTests() => new Random(5).NextBytes(content);

    public void Dispose()
    {
        download.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Fetch_OfTwoFiles_BringsBothAndAsksNobodyTheNextTime()
    {
        using var server = new LoopbackServer(content);
        var set = Set(server.Url) with { Files = [File("a.gz"), File("b.gz")] };

        var files = Fetcher.Fetch(set, folder["new/set"]);
        var again = Fetcher.Fetch(set, folder["new/set"]);

        Assert.Equal([folder["new/set/a.gz"], folder["new/set/b.gz"]], files.Select(file => file.Path));
        Assert.Equal(content, System.IO.File.ReadAllBytes(folder["new/set/b.gz"]));
        Assert.All(again, file => Assert.Equal(0, file.FromNetwork));
        Assert.Equal(2, server.Starts.Count);
    }

    [Fact]
    public void Fetch_ConnectionCut_GoesOnWithTheNextCall()
    {
        using var server = new LoopbackServer(content) { BreakAfter = 50_000 };
        var failure = Failing(Set(server.Url));
        var kept = new FileInfo(folder["a.gz.part"]).Length;
        Assert.InRange(kept, 1, content.Length - 1);
        Assert.Contains("the next call goes on", failure.Message, StringComparison.Ordinal);
        server.BreakAfter = null;

        var file = Assert.Single(Fetcher.Fetch(Set(server.Url), folder.Path));

        Assert.Equal(content.Length - kept, file.FromNetwork);
        Assert.Equal(kept, server.Starts[^1]);
        Assert.Equal(content, System.IO.File.ReadAllBytes(file.Path));
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(299_999)]
    public void Fetch_OtherBytesOrTooFew_KeepsNothing(int length)
    {
        var other = content[..length];
        other[7] ^= 1;
        using var server = new LoopbackServer(other);

        var failure = Failing(Set(server.Url));

        Assert.Equal(FailureKind.Dataset, failure.Kind);
        Assert.Contains(Digest, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void Fetch_NotFound_SaysWhatAndWhereToPutTheFile()
    {
        using var server = new LoopbackServer(content) { Refusal = HttpStatusCode.NotFound };

        var failure = Failing(Set(server.Url));

        Assert.Equal(FailureKind.Other, failure.Kind);
        Assert.Contains("404", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"put it at '{folder["a.gz"]}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_FirstAddressRefuses_AsksTheSecond()
    {
        using var broken = new LoopbackServer(content) { Refusal = HttpStatusCode.Forbidden };
        using var good = new LoopbackServer(content);

        var set = Set(broken.Url, good.Url);
        Fetcher.Fetch(set, folder.Path);

        Assert.Single(broken.Starts);
        Assert.Single(good.Starts);
    }

    [Fact]
    public void Fetch_FromAMirror_AsksOnlyIt()
    {
        using var known = new LoopbackServer(content);
        using var mirror = new LoopbackServer(content);

        Fetcher.Fetch(Set(known.Url), folder.Path, new Uri(mirror.Url, "some/folder"));

        Assert.Empty(known.Starts);
        Assert.Single(mirror.Starts);
    }

    [Fact]
    public void Fetch_RightFilePutByHand_AsksNobody()
    {
        using var server = new LoopbackServer(content);
        folder.Write("a.gz", content);

        Assert.Equal(0, Assert.Single(Fetcher.Fetch(Set(server.Url), folder.Path)).FromNetwork);
        Assert.Empty(server.Starts);
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(5)]
    public void Fetch_WrongFilePutByHand_LeavesItAndSaysSo(int length)
    {
        using var server = new LoopbackServer(content);
        folder.Write("a.gz", new byte[length]);

        var failure = Failing(Set(server.Url));

        Assert.Equal(FailureKind.Dataset, failure.Kind);
        Assert.Contains("is there, but it is not the file", failure.Message, StringComparison.Ordinal);
        Assert.Equal(length, new FileInfo(folder["a.gz"]).Length);
        Assert.Empty(server.Starts);
    }

    [Fact]
    public void Catalogue_EveryEntry_IsWhole()
    {
        var all = PublicDatasetCatalogue.All;
        Assert.Distinct(all.Select(set => set.Name));
        Assert.All(all, set =>
        {
            Assert.All(set.Addresses, address => Assert.EndsWith("/", address.AbsoluteUri,
                StringComparison.Ordinal));
            Assert.Distinct(set.Files.Select(file => file.Name));
            Assert.All(set.Files, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256));
            Assert.All(set.Files, file => Assert.Equal(file.Name, Path.GetFileName(file.Name)));
            Assert.All(set.Files, file => Assert.InRange(file.Bytes, 1000, 1L << 33));
            Assert.Same(set, PublicDatasetCatalogue.Find(set.Name));
        });
        Assert.Distinct(all.SelectMany(set => set.Files).Select(file => file.Sha256));
    }

    [Fact]
    public void Catalogue_UnknownName_SuggestsANearOne()
        => Assert.Contains("'cifar10'?", Assert.Throws<AtelierException>(
            () => PublicDatasetCatalogue.Find("cifar-10")).Message, StringComparison.Ordinal);

    private DatasetFetcher Fetcher => new(download);

    private string Digest => Convert.ToHexStringLower(SHA256.HashData(content));

    private AtelierException Failing(PublicDataset set)
        => Assert.Throws<AtelierException>(() => Fetcher.Fetch(set, folder.Path));

    private PublicDatasetFile File(string name) => new(name, content.Length, Digest);

    private PublicDataset Set(params IReadOnlyList<Uri> servers) => new()
    {
        Name = "made",
        Summary = "made up",
        Addresses = [.. servers.Select(url => new Uri(url, "."))],
        Files = [File("a.gz")],
        Size = 32,
    };
}
