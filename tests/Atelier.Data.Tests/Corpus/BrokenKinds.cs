using System.IO.Compression;
using System.Text;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Corpus;

/// <summary>Files that must be refused, each with a reason that names its fault.</summary>
internal static class BrokenKinds
{
    private const string Truncated = "a truncated ";

    private static readonly Lazy<byte[]> Megabytes = new(() => Zlib(new byte[10 << 20]));

    public static IEnumerable<CorpusKind> All() => [.. NoImages(), .. Jpegs(), .. Pngs(), .. Webps()];

    private static IEnumerable<CorpusKind> NoImages() =>
    [
        new("empty", "jpg", _ => [], "the file is empty"),
        new("one-byte", "png", seed => [(byte)(1 + (seed % 8))], "not a PNG, JPEG or WebP image"),
        new("magic-only", "png", seed => PngMaker.Signature[..(4 + (seed % 4))], "not a"),
        new("text", "jpg", seed => Encoding.UTF8.GetBytes($"file {seed} of the list\n"), "starts with text"),
        new("web-page", "jpg", seed => Encoding.UTF8.GetBytes($"<!DOCTYPE html><p>{seed}"), "a web page"),
        new("svg", "png", seed => Encoding.UTF8.GetBytes($"<svg width='{seed}'/>"), "starts with text"),
        new("zeros", "webp", seed => new byte[10 + seed], "starts with zeros"),
        new("noise", "jpg", seed => [0x81, 1, .. Noise(seed, 200)], "not a PNG, JPEG or WebP image"),
        new("gif", "png", seed => [.. "GIF89a"u8, .. Noise(seed, 30)], "a GIF image"),
        new("bmp", "jpg", seed => [.. "BM"u8, .. Noise(seed, 60)], "a BMP image"),
        new("tiff", "jpg", seed => [.. (seed % 2 == 0 ? "II*\0"u8 : "MM\0*"u8), .. Noise(seed, 60)],
            "a TIFF image"),
        new("heic", "jpg", seed => [0, 0, 0, 24, .. "ftypheic"u8, .. Noise(seed, 60)], "a HEIC image"),
        new("avif", "jpg", seed => [0, 0, 0, 24, .. "ftypavif"u8, .. Noise(seed, 60)], "an AVIF image"),
        new("jpeg-xl", "jpg", seed => [0xFF, 0x0A, .. Noise(seed, 60)], "a JPEG XL image"),
        new("pdf", "png", seed => Encoding.UTF8.GetBytes($"%PDF-1.{seed % 8}"), "a PDF document"),
        new("zip", "png", seed => [.. "PK\u0003\u0004"u8, .. Noise(seed, 60)], "a zip archive"),
        new("gzip", "png", seed => [0x1F, 0x8B, 8, .. Noise(seed, 60)], "a gzip file"),
    ];

    private static IEnumerable<CorpusKind> Jpegs() =>
    [
        new("jpeg-cut", "jpg", seed => Golden.Read("rgb.jpg")[..(640 + (7 * seed))], Truncated + "JPEG"),
        new("jpeg-cut-in-header", "jpg", seed => Golden.Read("rgb.jpg")[..(20 + (5 * seed))],
            Truncated + "JPEG"),
        new("jpeg-hole", "jpg", Hole, " JPEG"),
        new("jpeg-12-bit", "jpg", seed => Frame(seed, 4, 12), "a 12-bit JPEG"),
        new("jpeg-lossless", "jpg", seed => Frame(seed, 1, 0xC3), "a lossless JPEG"),
        new("jpeg-hierarchical", "jpg", seed => Frame(seed, 1, (byte)(0xC5 + (seed % 3))),
            "a hierarchical JPEG"),
        new("jpeg-no-rows", "jpg", seed => JpegSurgery.WithSize(Golden.Read("rgb.jpg"), 20 + seed, 0),
            "x0 pixels"),
        new("jpeg-bomb", "jpg", seed => JpegSurgery.WithSize(Golden.Read("rgb.jpg"), 65_535 - seed, 65_000),
            "the limit is"),
        new("jpeg-two-components", "jpg", seed => Frame(seed, 9, 2), "a JPEG of 2 components"),
        new("jpeg-1000-scans", "jpg", seed => JpegSurgery.WithScans(Golden.Read("progressive.jpg"),
            1000 + seed),
            "a progressive JPEG of"),
        new("jpeg-no-tables", "jpg", seed => Comment(JpegSurgery.Without(Golden.Read("rgb.jpg"), 0xDB), seed),
            "a broken JPEG"),
        new("jpeg-no-frame", "jpg", seed => Comment(JpegSurgery.Without(Golden.Read("rgb.jpg"), 0xC0), seed),
            "it has no frame header"),
    ];

    private static IEnumerable<CorpusKind> Pngs() =>
    [
        new("png-cut", "png", seed => Png(seed)[..^(5 + seed)], Truncated + "PNG"),
        new("png-bad-checksum", "png", seed => Flip(Png(seed), 29 + (seed % 4)), "a broken PNG"),
        new("png-flipped-bit", "png", seed => Flip(Png(seed), 45 + seed), "a broken PNG"),
        new("png-bomb", "png", seed => PngMaker.Bomb(50_000, 50_000 - seed), "the limit is"),
        new("png-too-wide", "png", seed => PngMaker.Bomb(65_536 + seed, 1), "a side may have 65535"),
        new("png-no-columns", "png", seed => PngMaker.Bomb(0, 5 + seed), "its header says 0x"),
        new("png-impossible-kind", "png", seed => PngMaker.WithKind(seed % 2 == 0 ? 4 : 3, 2),
            "with colour type 2"),
        new("png-no-palette", "png", seed => Solid(seed, 4, 3).Make(), "a broken PNG"),
        new("png-animated", "png", seed => new PngMaker(4 + seed, 5, 8, 2, (_, _, _) => 9)
            { ExtraChunk = "acTL" }.Make(), "an animated PNG"),
        new("png-bad-stream", "png", seed => WithPixels(seed, Noise(seed, 90)), "a broken PNG"),
        new("png-few-rows", "png", seed => WithPixels(seed, Zlib(new byte[40 + seed])), " PNG"),
        new("png-text-bomb", "png", TextBomb, "a broken PNG"),
        new("png-grey", "png", seed => PngMaker.Grey(4 + seed, 5, 7), "a grey image among coloured ones"),
        new("png-alpha", "png", seed => new PngMaker(4 + seed, 5, 8, 6, (x, y, c) => (x + y) << c).Make(),
            "it has transparency"),
        new("png-transparent-colour", "png", seed => new PngMaker(4 + seed, 5, 8, 2, (_, _, _) => 9)
            { Transparency = [0, 9, 0, 9, 0, 9] }.Make(), "it has transparency"),
    ];

    private static IEnumerable<CorpusKind> Webps() =>
    [
        new("webp-cut", "webp", seed => Golden.Read("lossy.webp")[..(40 + (4 * seed))], " WebP"),
        new("webp-animated", "webp", seed => [.. Golden.Read("animated.webp"), .. new byte[seed]],
            "an animated WebP"),
        new("webp-bad-stream", "webp", seed => [.. Golden.Read("lossless.webp")[..26], .. Noise(seed, 88)],
            "a broken WebP"),
        new("webp-sound", "webp", seed => [.. "RIFF"u8, 60, 0, 0, 0, .. "WAVEfmt "u8, .. Noise(seed, 60)],
            "not a PNG, JPEG or WebP image"),
    ];

    private static byte[] Noise(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Frame(int seed, int offset, byte value)
        => Comment(JpegSurgery.WithFrameByte(Golden.Read("rgb.jpg"), offset, value), seed);

    private static byte[] Comment(byte[] jpeg, int seed)
        => JpegSurgery.WithSegment(jpeg, 0xFE, Encoding.UTF8.GetBytes($"variant {seed}"));

    /// <summary>A download with a hole: zeros from somewhere in the pixels to the end.</summary>
    private static byte[] Hole(int seed)
    {
        var file = Golden.Read("rgb.jpg");
        file.AsSpan(650 + (4 * seed)).Clear();
        return file;
    }

    private static byte[] Flip(byte[] file, int at)
    {
        file[at] ^= 0x10;
        return file;
    }

    private static PngMaker Solid(int seed, int depth, int colour)
        => new(13 + seed, 9, depth, colour, (x, y, _) => (x + y) & 7);

    private static byte[] Png(int seed)
        => new PngMaker(13 + seed, 9, 8, 2, (x, y, c) => (17 * x) ^ (5 * y) ^ (c * 77)).Make();

    private static byte[] WithPixels(int seed, byte[] data)
        => [.. PngMaker.Signature, .. PngMaker.Front(20, 9 + seed), .. PngMaker.Chunk("IDAT", data),
        .. PngMaker.Chunk("IEND", [])];

    private static byte[] TextBomb(int seed)
    {
        byte[] text = [.. Encoding.UTF8.GetBytes($"Comment {seed}\0\0"), .. Megabytes.Value];
        var pixels = Zlib(new byte[(3 * 4 + 1) * 4]);
        return [.. PngMaker.Signature, .. PngMaker.Front(4, 4), .. PngMaker.Chunk("zTXt", text),
        .. PngMaker.Chunk("IDAT", pixels), .. PngMaker.Chunk("IEND", [])];
    }

    private static byte[] Zlib(byte[] data)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Fastest, true))
            zlib.Write(data);
        return memory.ToArray();
    }
}
