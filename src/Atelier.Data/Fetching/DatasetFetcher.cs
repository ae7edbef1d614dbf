using System.Security.Cryptography;

namespace Atelier.Data.Fetching;

/// <summary>
/// Fetches the files of a public dataset into a folder. A file that lies there already is compared, whoever
/// put it there, and is never replaced.
/// </summary>
public sealed class DatasetFetcher(VerifiedDownload download)
{
    /// <summary>Fetches what is missing and verifies everything.</summary>
    /// <param name="dataset">What.</param>
    /// <param name="folder">The folder to put the files into; made when missing.</param>
    /// <param name="mirror">A folder on the net to ask instead of the known ones, or null.</param>
    /// <param name="progress">Called after each piece, with the file.</param>
    /// <param name="cancel">Stops; what came so far stays for the next call.</param>
    /// <returns>One a file, in the dataset's order.</returns>
    /// <exception cref="AtelierException">Kind Other: no address could be reached; kind Dataset: a file is
    /// not what it should be; kind Disk: the disk refused.</exception>
    public IReadOnlyList<DownloadedFile> Fetch(PublicDataset dataset, string folder, Uri? mirror = null,
        Action<PublicDatasetFile, DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        IReadOnlyList<Uri> addresses = mirror is null ? dataset.Addresses : [Folder(mirror)];
        return [.. dataset.Files.Select(file => Fetch(dataset, file, folder, addresses, progress, cancel))];
    }

    private DownloadedFile Fetch(PublicDataset dataset, PublicDatasetFile file, string folder,
        IReadOnlyList<Uri> addresses, Action<PublicDatasetFile, DownloadProgress>? progress,
        CancellationToken cancel)
    {
        var path = Path.Combine(folder, file.Name);
        if (Found(dataset, file, path) is { } there) return there;
        for (var i = 0; ; i++)
        {
            try
            {
                return download.Fetch(Source(dataset, file, path, addresses[i]), path,
                    value => progress?.Invoke(file, value), cancel);
            }
            catch (AtelierException failure)
                when (failure.Kind is FailureKind.Other or FailureKind.Dataset && i + 1 < addresses.Count)
            {
                // The next address has the same bytes; the part stays, and it goes on behind it.
            }
        }
    }

    /// <summary>The file when it lies there and is right; null when nothing lies there.</summary>
    private static DownloadedFile? Found(PublicDataset dataset, PublicDatasetFile file, string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var bytes = stream.Length;
            var digest = bytes == file.Bytes ? Convert.ToHexStringLower(SHA256.HashData(stream)) : null;
            if (digest == file.Sha256) return new DownloadedFile(path, digest, bytes, 0);
            var found = digest is null
                ? FormattableString.Invariant($"{bytes} bytes, expected {file.Bytes}")
                : $"SHA-256 {digest}, expected {file.Sha256}";
            throw new AtelierException(FailureKind.Dataset,
                $"'{path}' is there, but it is not the file of {dataset.Name}: it has {found}. "
                + $"Remove it and run 'atelier data fetch {dataset.Name}' again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IO.DiskFailure.From(exception, path);
        }
    }

    private static DownloadSource Source(PublicDataset dataset, PublicDatasetFile file, string path,
        Uri address)
        => new()
        {
            Url = new Uri(address, file.Name),
            Sha256 = file.Sha256,
            Bytes = file.Bytes,
            WrongFile = FailureKind.Dataset,
            ByHand = $"Without a network: fetch {new Uri(dataset.Addresses[0], file.Name)} elsewhere, "
                + $"put it at '{Path.GetFullPath(path)}', and run the same command again; "
                + "it verifies the file.",
        };

    /// <summary>A name is appended to the last folder of an address, which must end with a slash.</summary>
    private static Uri Folder(Uri address)
        => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
