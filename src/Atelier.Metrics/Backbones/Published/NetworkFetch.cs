using Atelier.Data.Fetching;

namespace Atelier.Metrics;

/// <summary>Brings a published file over the net and imports it, because a user asked for it.</summary>
public sealed class NetworkFetch(NetworkStore store, VerifiedDownload download)
{
    /// <summary>Fetches and imports; the downloaded file is removed behind a whole import.</summary>
    /// <param name="entry">Which network.</param>
    /// <param name="mirror">Another place of the same file, or null for the publisher's.</param>
    /// <param name="progress">Called after each piece.</param>
    /// <param name="cancellationToken">Stops; what has come stays for the next call.</param>
    /// <exception cref="AtelierException">As <see cref="VerifiedDownload.Fetch"/> and
    /// <see cref="NetworkImport.Run"/> say.</exception>
    public ImportedNetwork Run(
        PublishedNetwork entry, Uri? mirror = null, Action<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var weights = entry.Weights[0];
        var place = store.DownloadOf(weights);
        var file = download.Fetch(
            new DownloadSource
            {
                Url = mirror ?? weights.Url,
                Sha256 = weights.Sha256,
                Bytes = weights.Bytes,
                ByHand =
                    $"Without a network here: bring {weights.Url} by other means, then run 'atelier backbone "
                    + $"import {entry.Name} FILE'.",
            },
            place, progress, cancellationToken);
        var imported = NetworkImport.Run(entry, file.Path, store.PathOf(entry.Name));
        File.Delete(file.Path);
        return imported;
    }
}
