using Atelier.Data.Decoding;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Decoding;

public sealed class PngCombinationTests
{
    private const int Width = 11;
    private const int Height = 10;

    public static TheoryData<int, int, bool> Combinations()
    {
        var data = new TheoryData<int, int, bool>();
        foreach (var (colour, depth) in new[] { (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16),
            (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16) })
        {
            data.Add(colour, depth, false);
            data.Add(colour, depth, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Decode_EveryColourTypeAndDepth_GivesTheSamples(int colour, int depth, bool interlaced)
    {
        var palette = Enumerable.Range(0, 3 << depth).Select(i => (byte)((i * 37) ^ (i >> 3))).ToArray();
        var png = new PngMaker(Width, Height, depth, colour, (x, y, c) => Sample(x, y, c, depth))
        {
            Interlaced = interlaced,
            Palette = colour == 3 ? palette : null,
        }.Make();

        var image = ImageReader.Decode(png);

        var channels = colour switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 };
        Assert.Equal((Width, Height, channels), (image.Width, image.Height, image.Channels));
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (pixel, channel) = (i / channels, i % channels);
            var (x, y) = (pixel % Width, pixel / Width);
            // Widening repeats the bits; narrowing takes the nearest of the 256 steps.
            var expected = colour == 3 ? palette[(3 * Sample(x, y, 0, depth)) + channel]
                : Math.Round(Sample(x, y, channel, depth) * 255.0 / ((1 << depth) - 1));
            Assert.Equal(expected, image.Pixels[i]);
        }
    }

    [Theory]
    [InlineData(0, 16, new byte[] { 0x12, 0x34 }, 1)]
    [InlineData(2, 16, new byte[] { 0x12, 0x34, 0x12, 0x34, 0x12, 0x34 }, 3)]
    [InlineData(2, 8, new byte[] { 0, 0x34, 0, 0x34, 0, 0x34 }, 3)]
    public void Decode_TransparentColour_IsComparedInFullDepth(int colour, int depth, byte[] transparent,
        int channels)
    {
        // The second pixel differs in its last bit only.
        var value = depth == 16 ? 0x1234 : 0x34;
        var png = new PngMaker(2, 1, depth, colour, (x, _, c) => value + (c == channels - 1 ? x : 0))
        {
            Transparency = transparent,
        }.Make();

        var image = ImageReader.Decode(png);

        Assert.Equal(channels + 1, image.Channels);
        Assert.Equal(0, image.Pixels[channels]);
        Assert.Equal(255, image.Pixels[^1]);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(3, 16)]
    [InlineData(4, 2)]
    [InlineData(1, 8)]
    [InlineData(0, 3)]
    public void ReadHeader_OtherCombination_IsRefused(int colour, int depth)
    {
        var png = PngMaker.WithKind(depth, colour);

        var failure = Assert.Throws<BadImageException>(() => ImageReader.ReadHeader(png));

        Assert.Equal($"a broken PNG: bit depth {depth} with colour type {colour}", failure.Message);
    }

    private static int Sample(int x, int y, int channel, int depth)
        => ((x * 7919) + (y * 104_729) + (channel * 31) + (x * y * 257)) & ((1 << depth) - 1);
}
