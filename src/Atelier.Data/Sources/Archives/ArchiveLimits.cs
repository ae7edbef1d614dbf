namespace Atelier.Data;

/// <summary>What an archive may ask for; far above real datasets, and checked before anything is
/// taken.</summary>
public static class ArchiveLimits
{
    /// <summary>Files of one source.</summary>
    public const int MaxEntries = 5_000_000;

    /// <summary>
    /// Bytes of all contents together: ten times the largest image dataset that people train on.
    /// </summary>
    public const long MaxTotalBytes = 1L << 42;

    /// <summary>Bytes that one compressed byte may become.</summary>
    public const int MaxRatio = 100;

    /// <summary>The ratio is not looked at below so many bytes, where headers outweigh the rest.</summary>
    public const long RatioFreeBytes = 1 << 20;

    /// <summary>Bytes of a name in UTF-8.</summary>
    public const int MaxNameBytes = 4096;

    /// <summary>Bytes of a zip archive's central directory.</summary>
    internal const int MaxZipDirectoryBytes = 1 << 30;

    /// <summary>Whether so many bytes may come out of so many.</summary>
    internal static bool IsBomb(long packed, long unpacked)
        => unpacked > RatioFreeBytes && unpacked / MaxRatio > packed;
}
