using System.Net;
using System.Security.Cryptography;
using Atelier.Data.Fetching;
using Atelier.Tests;

namespace Atelier.Data.Tests;

public sealed class VerifiedDownloadTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("atelier-fetch-").FullName;
    private readonly byte[] content = Content(300_000, 3);
    private readonly VerifiedDownload download = new(TimeSpan.FromSeconds(5));

    private string Target => Path.Combine(folder, "deep", "weights.pth");

    private string Part => Target + VerifiedDownload.PartSuffix;

    private string Digest => Convert.ToHexStringLower(SHA256.HashData(content));

    public void Dispose()
    {
        download.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public async Task Fetch_WithKnownDigits_BringsTheFile(int digits)
    {
        using var server = new LoopbackServer(content);
        var last = default(DownloadProgress);

        var file = await download.FetchAsync(Source(server, Digest[..digits]), Target, p => last = p);

        Assert.Equal(content, await File.ReadAllBytesAsync(Target));
        Assert.Equal(new DownloadedFile(Target, Digest, content.Length, content.Length), file);
        Assert.Equal(new DownloadProgress(content.Length, content.Length), last);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task Fetch_OfAFileThatIsThere_AsksNobody()
    {
        using var server = new LoopbackServer(content);
        await download.FetchAsync(Source(server, Digest), Target);

        var again = await download.FetchAsync(Source(server, Digest), Target);

        Assert.Equal(0, again.FromNetwork);
        Assert.Single(server.Starts);
    }

    [Fact]
    public async Task Fetch_OfAnotherFilesPlace_BringsTheRightOne()
    {
        using var server = new LoopbackServer(content);
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        await File.WriteAllTextAsync(Target, "something else");

        await download.FetchAsync(Source(server, Digest), Target);

        Assert.Equal(content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_AfterABreak_GoesOnBehindThePart()
    {
        using var server = new LoopbackServer(content) { BreakAfter = 40_000 };
        var error = await Assert.ThrowsAsync<AtelierException>(
            () => download.FetchAsync(Source(server, Digest), Target));
        var kept = new FileInfo(Part).Length;
        server.BreakAfter = null;

        var file = await download.FetchAsync(Source(server, Digest), Target);

        Assert.Contains($" {kept} bytes stay in '{Part}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Starts.Count - 1);
        Assert.Equal(kept, server.Starts[^1]);
        Assert.Equal(content.Length - kept, file.FromNetwork);
        Assert.Equal(content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_FromAServerWithoutRanges_BeginsAgain()
    {
        using var server = new LoopbackServer(content) { IgnoresRanges = true };
        PutPart(content[..1000]);

        await download.FetchAsync(Source(server, Digest), Target);

        Assert.Equal(content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_WithACompletePart_TakesIt()
    {
        using var server = new LoopbackServer(content);
        PutPart(content);

        var file = await download.FetchAsync(Source(server, Digest), Target);

        Assert.Equal(0, file.FromNetwork);
        Assert.Equal(content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_WithAPartOfAnotherFile_IsRefusedAndMendsItself()
    {
        using var server = new LoopbackServer(content);
        PutPart(Content(1000, 9));

        var error = await Assert.ThrowsAsync<AtelierException>(
            () => download.FetchAsync(Source(server, Digest), Target));
        await download.FetchAsync(Source(server, Digest), Target);

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains($"expected SHA-256 {Digest}", error.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_OfALongerFileThanKnown_StopsInTime()
    {
        using var server = new LoopbackServer(content);
        var source = Source(server, Digest) with { Bytes = 1000, WrongFile = FailureKind.Dataset };

        var error = await Assert.ThrowsAsync<AtelierException>(() => download.FetchAsync(source, Target));

        Assert.Equal(FailureKind.Dataset, error.Kind);
        Assert.False(File.Exists(Target));
        Assert.InRange(new FileInfo(Part).Length, 0, 1000);
    }

    [Fact]
    public async Task Fetch_WithoutKnownHash_DoesNotTrustAPart()
    {
        using var server = new LoopbackServer(content);
        PutPart(Content(1000, 9));

        await download.FetchAsync(Source(server, null), Target);

        Assert.Equal(content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_FromARefusingServer_SaysItsAnswer()
    {
        using var server = new LoopbackServer(content) { Refusal = HttpStatusCode.NotFound };

        var error = await Assert.ThrowsAsync<AtelierException>(
            () => download.FetchAsync(Source(server, Digest), Target));

        Assert.Equal(FailureKind.Other, error.Kind);
        Assert.Contains("the server answered 404", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Put it there by hand.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_WithoutAServer_LeavesNothing()
    {
        Uri gone;
        using (var server = new LoopbackServer(content)) gone = server.Url;
        var source = new DownloadSource { Url = gone, Sha256 = Digest, ByHand = "Put it there by hand." };

        var error = await Assert.ThrowsAsync<AtelierException>(() => download.FetchAsync(source, Target));

        Assert.Equal(FailureKind.Other, error.Kind);
        Assert.Contains("could not be fetched: Connection refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed. Put it there by hand.", error.Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Fetch_WhenStopped_KeepsThePart()
    {
        using var server = new LoopbackServer(content);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download.FetchAsync(
            Source(server, Digest), Target, _ => stop.Cancel(), stop.Token));

        Assert.InRange(new FileInfo(Part).Length, 1, content.Length);
    }

    private static DownloadSource Source(LoopbackServer server, string? digest) =>
        new() { Url = server.Url, Sha256 = digest, ByHand = "Put it there by hand." };

    private static byte[] Content(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private void PutPart(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Part, bytes);
    }
}
