namespace Atelier.Data.Fetching;

/// <summary>Where a download stands.</summary>
/// <param name="Done">Bytes on the disk, those of earlier calls included.</param>
/// <param name="Total">Bytes of the whole file, or null when the server does not say.</param>
public readonly record struct DownloadProgress(long Done, long? Total);
