namespace Atelier.Data.Archives;

/// <summary>How a file is compressed as a whole.</summary>
internal enum Compression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>RFC 1952.</summary>
    Gzip,

    /// <summary>Zstandard, RFC 8878.</summary>
    Zstd,
}
