using Atelier.Data.Decoding;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Decoding;

public sealed class PngDecodingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_Rgb_GivesThePixels(bool interlaced)
    {
        var png = new PngMaker(13, 9, 8, 2,
            (x, y, c) => (17 * x) + (5 * y) + c) { Interlaced = interlaced }.Make();

        var image = ImageReader.Decode(png);

        Assert.Equal((13, 9, 3), (image.Width, image.Height, image.Channels));
        for (var i = 0; i < image.Pixels.Length; i++)
            Assert.Equal((17 * (i / 3 % 13)) + (5 * (i / 39)) + (i % 3), image.Pixels[i]);
    }

    [Theory]
    [InlineData(1, 255)]
    [InlineData(2, 85)]
    [InlineData(4, 17)]
    [InlineData(8, 1)]
    public void Decode_GreyOfFewerBits_IsWidenedToEight(int depth, int factor)
    {
        var mask = (1 << depth) - 1;
        var png = new PngMaker(11, 3, depth, 0, (x, y, _) => (x + (3 * y)) & mask).Make();

        var image = ImageReader.Decode(png);

        Assert.Equal(1, image.Channels);
        for (var i = 0; i < image.Pixels.Length; i++)
            Assert.Equal((((i % 11) + (3 * (i / 11))) & mask) * factor, image.Pixels[i]);
    }

    [Fact]
    public void Decode_GreyWithAlpha_GivesTwoChannels()
    {
        var png = new PngMaker(3, 2, 8, 4, (x, y, c) => c == 0 ? (10 * x) + y : 200 - x).Make();

        var image = ImageReader.Decode(png);

        Assert.Equal(2, image.Channels);
        Assert.Equal([0, 200, 10, 199, 20, 198, 1, 200, 11, 199, 21, 198], image.Pixels);
    }

    [Fact]
    public void Decode_PaletteWithTransparency_GivesColourAndAlpha()
    {
        byte[] palette = [9, 8, 7, 200, 100, 50, 1, 2, 3];
        var png = new PngMaker(3, 1, 2, 3, (x, _, _) => x) { Palette = palette,
            Transparency = [255, 40] }.Make();

        var header = ImageReader.ReadHeader(png);
        var image = ImageReader.Decode(png);

        Assert.True(header.HasAlpha);
        Assert.Equal([9, 8, 7, 255, 200, 100, 50, 40, 1, 2, 3, 255], image.Pixels);
    }

    [Fact]
    public void Decode_Palette_GivesColour()
    {
        var png = new PngMaker(2, 1, 1, 3, (x, _, _) => x) { Palette = [9, 8, 7, 200, 100, 50] }.Make();

        Assert.Equal([9, 8, 7, 200, 100, 50], ImageReader.Decode(png).Pixels);
    }

    [Fact]
    public void Decode_GreyWithTransparentValue_GivesAlphaZeroThere()
    {
        var png = new PngMaker(3, 1, 8, 0, (x, _, _) => 10 * x) { Transparency = [0, 10] }.Make();

        Assert.Equal([0, 255, 10, 0, 20, 255], ImageReader.Decode(png).Pixels);
    }

    [Theory]
    [InlineData(50_000, 50_000, "2500000000 pixels")]
    [InlineData(70_000, 1, "a side may have 65535")]
    [InlineData(0, 5, "0x5")]
    public void ReadHeader_OfABomb_IsRefusedBeforeAnythingIsAllocated(int width, int height, string expected)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.Throws<BadImageException>(
            () => ImageReader.Decode(PngMaker.Bomb(width, height)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Decode_CutAnywhere_IsRefused()
    {
        var png = new PngMaker(13, 9, 8, 2, (x, y, c) => (17 * x) ^ (5 * y) ^ (c * 77)).Make();

        for (var length = 0; length < png.Length; length++)
            Assert.Throws<BadImageException>(() => ImageReader.Decode(png.AsSpan(0, length)));
    }

    [Fact]
    public void Decode_FlippedBitInThePixels_IsRefused()
    {
        var png = new PngMaker(13, 9, 8, 2, (x, y, c) => (17 * x) ^ (5 * y) ^ (c * 77)).Make();
        png[60] ^= 4;

        Assert.Throws<BadImageException>(() => ImageReader.Decode(png));
    }

    [Fact]
    public void Decode_Animation_IsRefused()
    {
        var png = new PngMaker(2, 2, 8, 2, (_, _, _) => 3) { ExtraChunk = "acTL" }.Make();

        var failure = Assert.Throws<BadImageException>(() => ImageReader.Decode(png));
        Assert.Contains("animated PNG", failure.Message, StringComparison.Ordinal);
    }
}
