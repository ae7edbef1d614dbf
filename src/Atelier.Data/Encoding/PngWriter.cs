using Atelier.Data.Decoding;
using Atelier.IO;

namespace Atelier.Data.Pictures;

/// <summary>
/// Writes PNG files of 8 bits a sample, lossless: grey, grey with alpha, RGB, RGB with alpha.
/// </summary>
public static class PngWriter
{
    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    /// <param name="image">The picture.</param>
    /// <param name="texts">
    /// Keywords (1 to 79 Latin-1 characters) and texts to put into the file, or null.
    /// </param>
    /// <exception cref="AtelierException">
    /// A keyword that the format forbids (Bug), or the disk (Disk).
    /// </exception>
    public static void Write(
        string path, RasterImage image, IReadOnlyDictionary<string, string>? texts = null) =>
        AtomicFile.Write(path, stream => Write(stream, image, texts));

    /// <summary>Writes to a stream, front to back; the stream stays open.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="image">The picture.</param>
    /// <param name="texts">
    /// Keywords (1 to 79 Latin-1 characters) and texts to put into the file, or null.
    /// </param>
    /// <exception cref="AtelierException">A keyword that the format forbids (Bug).</exception>
    public static void Write(
        Stream stream, RasterImage image, IReadOnlyDictionary<string, string>? texts = null)
    {
        PngChunkWriter.WriteStart(stream, image.Width, image.Height, image.Channels);
        foreach (var (keyword, text) in texts ?? new Dictionary<string, string>())
            PngChunkWriter.WriteText(stream, keyword, text);
        PngChunkWriter.Write(stream, "IDAT"u8, PngFilter.Compress(image));
        PngChunkWriter.Write(stream, "IEND"u8, []);
    }
}
