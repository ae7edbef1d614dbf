using Atelier.Data.Decoding;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Corpus;

/// <summary>Files that are unusual and all the same right.</summary>
internal static class OddKinds
{
    public static IEnumerable<CorpusKind> All() =>
    [
        new("png-as-jpg", "jpg", seed => Png(seed, 8, 2).Make(), null, seed => Samples(seed, value => value)),
        new("png-16-bit", "png", seed => new PngMaker(11 + seed, 6, 16, 2, (x, y, c) => 257 * Sample(x, y, c))
            .Make(), null, seed => Samples(seed, value => value)),
        new("png-interlaced", "png", seed => new PngMaker(11 + seed, 6, 8, 2, Sample) { Interlaced = true }
            .Make(), null, seed => Samples(seed, value => value)),
        new("png-palette", "png", seed => new PngMaker(11 + seed, 6, 8, 3, (x, y, _) => Sample(x, y, 0))
            { Palette = [.. Enumerable.Range(0, 768).Select(i => (byte)(i / 3))] }.Make(), null,
            seed => Samples(seed, value => value, channelStep: 0)),
        new("png-bytes-behind", "png", seed => [.. Png(seed, 8, 2).Make(), .. new byte[seed]], null,
            seed => Samples(seed, value => value)),
        new("jpeg-as-png", "png", seed => Varied("rgb.jpg", seed), null, _ => Decoded("rgb.jpg")),
        new("jpeg-turned", "jpg", seed => JpegSurgery.WithOrientation(Golden.Read("rgb.jpg"), 1 + (seed % 8)),
            null,
            seed => ExifOrientation.Apply(ImageReader.Decode(Golden.Read("rgb.jpg")), 1 + (seed % 8)).Pixels),
        new("jpeg-progressive", "jpg", seed => Varied("progressive.jpg", seed), null,
            _ => Decoded("progressive.jpg")),
        new("jpeg-cmyk", "jpg", seed => Varied("cmyk-direct.jpg", seed), null,
            _ => Decoded("cmyk-direct.jpg")),
        new("jpeg-ycck", "jpg", seed => Varied("cmyk.jpg", seed), null, _ => Decoded("cmyk.jpg")),
        new("jpeg-bytes-behind", "jpg", seed => [.. Golden.Read("rgb.jpg"), .. new byte[seed]], null,
            _ => Decoded("rgb.jpg")),
        new("webp-bytes-behind", "webp", seed => [.. Golden.Read("lossless.webp"), .. new byte[seed]], null,
            _ => Golden.Picture()),
    ];

    private static PngMaker Png(int seed, int depth, int colour) => new(11 + seed, 6, depth, colour, Sample);

    private static int Sample(int x, int y, int channel) => ((17 * x) + (5 * y) + (60 * channel)) & 255;

    private static byte[] Samples(int seed, Func<int, int> scale, int channelStep = 1)
        => [.. from y in Enumerable.Range(0, 6)
               from x in Enumerable.Range(0, 11 + seed)
               from channel in Enumerable.Range(0, 3)
               select (byte)scale(Sample(x, y, channel * channelStep))];

    /// <summary>The same picture in other bytes.</summary>
    private static byte[] Varied(string name, int seed)
        => JpegSurgery.WithSegment(Golden.Read(name), 0xFE, [(byte)seed]);

    /// <summary>What the decoder makes of a file whose pixels other tests compare with another
    /// program.</summary>
    private static byte[] Decoded(string name) => ImageReader.Decode(Golden.Read(name)).Pixels;
}
