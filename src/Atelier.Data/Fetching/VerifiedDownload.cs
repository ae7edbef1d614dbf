using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Atelier.IO;

namespace Atelier.Data.Fetching;

/// <summary>
/// Fetches one file so that it is whole or absent: bytes go to <c>PATH.part</c>, are compared with the known
/// SHA-256, synced and renamed. A call that was cut short leaves the part, and the next one goes on
/// where it ended. Nothing here decides to fetch: somebody asked for it by name.
/// </summary>
public sealed class VerifiedDownload : IDisposable
{
    /// <summary>What is put behind the name of a file that is still coming.</summary>
    public const string PartSuffix = ".part";

    private const int Attempts = 3;
    private const int BufferBytes = 1 << 16;
    private const long LargestFile = 1L << 38;
    private readonly HttpClient client;
    private readonly TimeSpan patience;

    /// <summary>With a client of its own.</summary>
    /// <param name="patience">How long a silent server is waited for; a minute when null.</param>
    public VerifiedDownload(TimeSpan? patience = null)
    {
        this.patience = patience ?? TimeSpan.FromMinutes(1);
        client = new HttpClient(
            new SocketsHttpHandler { ConnectTimeout = this.patience, AllowAutoRedirect = true })
        {
            Timeout = this.patience,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("atelier", "1"));
    }

    /// <summary>Fetches a file, unless it is there with the right SHA-256 already.</summary>
    /// <param name="source">What and from where.</param>
    /// <param name="path">The file to make; its folder is made when missing.</param>
    /// <param name="progress">Called after each piece.</param>
    /// <param name="cancellationToken">Stops; the part stays for the next call.</param>
    /// <exception cref="AtelierException">
    /// No network, or the server refused (Other); the file is another one (the source's kind); the disk
    /// refused (Disk). The sentence says what is left and how to go on.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<DownloadedFile> FetchAsync(
        DownloadSource source, string path, Action<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var part = path + PartSuffix;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (source.Sha256 is not null && File.Exists(path))
            {
                var found = await DigestAsync(path, cancellationToken).ConfigureAwait(false);
                if (Fits(found, source))
                    return new DownloadedFile(path, found, new FileInfo(path).Length, 0);
            }

            long fromNetwork;
            // Without a hash nobody would notice a part of an older version under the rest of a newer one.
            if (source.Sha256 is null) File.Delete(part);
            var stream = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            await using (stream.ConfigureAwait(false))
                fromNetwork = await FillAsync(source, stream, part, progress, cancellationToken)
                    .ConfigureAwait(false);
            var digest = await DigestAsync(part, cancellationToken).ConfigureAwait(false);
            var bytes = new FileInfo(part).Length;
            if (!Fits(digest, source))
            {
                File.Delete(part);
                throw Wrong(source, digest, bytes);
            }

            AtomicFile.FsyncFile(part);
            AtomicFile.Rename(part, path);
            AtomicFile.FsyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new DownloadedFile(path, digest, bytes, fromNetwork);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(error, part, source.Bytes ?? 0);
        }
    }

    /// <summary>The same for a caller that waits.</summary>
    public DownloadedFile Fetch(
        DownloadSource source, string path, Action<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        FetchAsync(source, path, progress, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static bool Fits(string digest, DownloadSource source) =>
        source.Sha256 is null || digest.StartsWith(source.Sha256, StringComparison.Ordinal);

    private static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        var stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
            return Convert.ToHexStringLower(
                await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Fills the part; a connection that breaks after some bytes is made again.</summary>
    private async Task<long> FillAsync(
        DownloadSource source, FileStream part, string path, Action<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var start = part.Length;
        for (var attempt = 1; ; attempt++)
        {
            var before = part.Length;
            try
            {
                await AttemptAsync(source, part, progress, cancellationToken).ConfigureAwait(false);
                return part.Length - Math.Min(start, part.Length);
            }
            catch (Exception error) when (
                error is HttpRequestException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested)
            {
                if (attempt < Attempts && part.Length > before) continue;
                var kept = part.Length;
                if (kept == 0 || source.Sha256 is null)
                {
                    await part.DisposeAsync().ConfigureAwait(false);
                    File.Delete(path);
                    kept = 0;
                }

                throw NotReached(source, error, path, kept);
            }
        }
    }

    private async Task AttemptAsync(
        DownloadSource source, FileStream part, Action<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, source.Url);
        if (part.Length > 0) request.Headers.Range = new RangeHeaderValue(part.Length, null);
        using var response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && part.Length > 0)
        {
            // Either all of it is here, or the part is of something else.
            if (range?.Length == part.Length) return;
            part.SetLength(0);
            await AttemptAsync(source, part, progress, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!response.IsSuccessStatusCode) throw Refused(source, response);
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && range?.From == part.Length;
        if (!goesOn) part.SetLength(0);
        part.Position = part.Length;
        var total = part.Length + response.Content.Headers.ContentLength;
        CheckRoom(source, part, total);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
            await CopyAsync(source, body, part, total, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync(
        DownloadSource source, Stream body, FileStream part, long? total,
        Action<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var most = source.Bytes ?? LargestFile;
        var buffer = new byte[BufferBytes];
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (true)
        {
            waiting.CancelAfter(patience);
            var count = await ReadAsync(body, buffer, waiting.Token).ConfigureAwait(false);
            if (count == 0) return;
            await part.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            if (part.Length > most)
            {
                part.SetLength(0);
                throw Wrong(source, null, total ?? most + 1);
            }

            progress?.Invoke(new DownloadProgress(part.Length, total));
        }
    }

    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, CancellationToken token)
    {
        try
        {
            return await body.ReadAsync(buffer, token).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            // A socket's IOException must not pass for the disk's.
            throw new HttpRequestException(error.Message, error);
        }
    }

    private static void CheckRoom(DownloadSource source, FileStream part, long? total)
    {
        var needed = (total ?? source.Bytes ?? 0) - part.Length;
        if (DiskFailure.FreeBytes(part.Name) is >= 0 and var free && needed > free)
            throw DiskFailure.Full(part.Name, needed);
    }

    private static AtelierException Wrong(DownloadSource source, string? digest, long bytes)
    {
        var found = digest is null ? "" : $" with SHA-256 {digest}";
        var size = source.Bytes is { } known ? Invariant($"{known} bytes, ") : "";
        return new AtelierException(
            source.WrongFile,
            Invariant($"{source.Url} gave {bytes} bytes{found}; expected {size}")
            + $"SHA-256 {source.Sha256}{(source.Sha256?.Length < 64 ? "…" : "")}. Nothing was kept. The file "
            + $"there has changed, or something on the way answers in its place. {source.ByHand}".TrimEnd());
    }

    private static AtelierException NotReached(
        DownloadSource source, Exception error, string part, long kept)
    {
        var reason = error is OperationCanceledException ? "the server was silent for too long"
            : (error.InnerException ?? error).Message.TrimEnd('.');
        var left = kept > 0
            ? Invariant($" {kept} bytes stay in '{part}', and the next call goes on behind them.")
            : " Nothing was changed.";
        return new AtelierException(
            FailureKind.Other,
            $"{source.Url} could not be fetched: {reason}.{left} {source.ByHand}".TrimEnd(), error);
    }

    private static AtelierException Refused(DownloadSource source, HttpResponseMessage response) => new(
        FailureKind.Other,
        Invariant($"{source.Url} could not be fetched: the server answered {(int)response.StatusCode} ")
        + $"{response.ReasonPhrase}. {source.ByHand}".TrimEnd());

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
