namespace Atelier.Data.Decoding;

/// <summary>
/// The file formats that can be decoded, told by their first bytes and never by the file name.
/// </summary>
public enum ImageFormat
{
    /// <summary>None of the formats below.</summary>
    Unknown,

    /// <summary>Portable Network Graphics, by libspng.</summary>
    Png,

    /// <summary>JPEG of 8 bits, baseline or progressive, by libturbojpeg.</summary>
    Jpeg,

    /// <summary>WebP, lossy or lossless, by libwebp.</summary>
    Webp,

    /// <summary>Pixels that need no decoder, as in an IDX or a packed file.</summary>
    Raw,
}
