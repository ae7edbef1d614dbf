namespace Atelier.Metrics;

/// <summary>A file of weights that somebody publishes.</summary>
/// <param name="Url">Where it lies; the last part is the file's usual name.</param>
/// <param name="Sha256">Its SHA-256, or the first digits as torchvision puts them into file names; null when
/// the publisher gives none.</param>
/// <param name="Bytes">Its size, or null when unknown.</param>
public sealed record PublishedWeights(Uri Url, string? Sha256, long? Bytes = null)
{
    /// <summary>The file's usual name.</summary>
    public string FileName => Path.GetFileName(Url.LocalPath);

    /// <summary>Whether a file with this SHA-256 is the published one, as far as that is known.</summary>
    public bool Fits(string sha256) =>
        Sha256 is not null && sha256.StartsWith(Sha256, StringComparison.Ordinal);
}
