using System.Security.Cryptography;
using Atelier.Data.Decoding;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Decoding;

public sealed class JpegAndWebpDecodingTests
{
    [Theory]
    [InlineData("rgb.jpg", "bfb0acaf2fb1fdd5e5e34804bb7b9ecad18b55815699c67b13826a285ab79065")]
    [InlineData("progressive.jpg", "c872aef4197083f6cde7fc657b569f10d2787bde5d17f008b3dfbbf4de3f44a9")]
    public void Decode_Jpeg_GivesTheBytesOfDjpeg(string name, string sha256)
    {
        var image = ImageReader.Decode(Golden.Read(name));

        Assert.Equal((20, 14, 3), (image.Width, image.Height, image.Channels));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(image.Pixels)));
    }

    [Fact]
    public void Decode_GreyJpeg_HasOneChannelWithTheLuma()
    {
        var image = ImageReader.Decode(Golden.Read("grey.jpg"));
        var rgb = Golden.Picture();

        Assert.Equal(1, image.Channels);
        // Rec. 601 luma; quality 95 is within a few steps on this picture, its edges aside.
        var error = image.Pixels.Select((value, i) => Math.Abs(value
            - ((0.299 * rgb[3 * i]) + (0.587 * rgb[(3 * i) + 1]) + (0.114 * rgb[(3 * i) + 2])))).Average();
        Assert.InRange(error, 0, 3);
    }

    [Theory]
    [InlineData("cmyk.jpg", "e02808afbeb7adbc62822f2ccb3ce71219287608cf3af2c52cfb288116f21d09")]
    [InlineData("cmyk-direct.jpg", "b0e7978f4f6701e25389e692063d83dd490f3087767f0427291f3be044b2b08d")]
    public void Decode_PrintColours_GivesTheBytesOfPillow(string name, string sha256)
    {
        var image = ImageReader.Decode(Golden.Read(name));

        Assert.Equal((20, 14, 3), (image.Width, image.Height, image.Channels));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(image.Pixels)));
    }

    [Theory]
    [InlineData(1, 0xC3, "a lossless JPEG")]
    [InlineData(1, 0xC5, "a hierarchical JPEG")]
    [InlineData(4, 12, "a 12-bit JPEG, and only those of 8 bits are read")]
    [InlineData(9, 2, "a JPEG of 2 components")]
    public void ReadHeader_OtherKindOfJpeg_IsNamed(int offset, byte value, string expected)
    {
        var file = JpegSurgery.WithFrameByte(Golden.Read("rgb.jpg"), offset, value);

        var failure = Assert.Throws<BadImageException>(() => ImageReader.ReadHeader(file));
        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 14, 600, "it may have 500")]
    [InlineData(13_000, 13_000, 40, "at 13000x13000 pixels it may have 25")]
    public void Decode_TooManyScans_IsRefusedWithoutDecoding(int width, int height, int scans,
        string expected)
    {
        var file = JpegSurgery.WithSize(JpegSurgery.WithScans(Golden.Read("progressive.jpg"), scans), width,
            height);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var failure = Assert.Throws<BadImageException>(() => ImageReader.Decode(file));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Decode_JpegWithoutTables_DoesNotTakeThoseOfTheImageBefore()
    {
        var whole = Golden.Read("rgb.jpg");
        ImageReader.Decode(whole);

        // Only quantisation: without Huffman tables the library takes the standard ones, as in Motion JPEG.
        Assert.Throws<BadImageException>(() => ImageReader.Decode(JpegSurgery.Without(whole, 0xDB)));
    }

    [Theory]
    [InlineData("rgb.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("grey.jpg")]
    [InlineData("lossless.webp")]
    [InlineData("lossy.webp")]
    [InlineData("alpha.webp")]
    public void Decode_CutFile_IsRefusedAsTruncatedOrBroken(string name)
    {
        var file = Golden.Read(name);

        for (var length = 0; length < file.Length - 2; length += 3)
        {
            var cut = length;
            var failure = Assert.Throws<BadImageException>(() => ImageReader.Decode(file.AsSpan(0, cut)));
            Assert.DoesNotContain('\n', failure.Message);
        }
    }

    [Fact]
    public void Decode_JpegCutInItsPixels_IsCalledTruncated()
    {
        var failure = Assert.Throws<BadImageException>(() => ImageReader.Decode(Golden.Read("rgb.jpg")
            .AsSpan(0, 760)));

        Assert.Contains("truncated", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_LosslessWebp_GivesThePicture()
    {
        var image = ImageReader.Decode(Golden.Read("lossless.webp"));

        Assert.Equal(3, image.Channels);
        Assert.Equal(Golden.Picture(), image.Pixels);
    }

    [Fact]
    public void Decode_LossyWebp_IsNearThePicture()
    {
        var image = ImageReader.Decode(Golden.Read("lossy.webp"));

        // Chroma is halved, so single pixels may be far off; a swapped channel would give a mean above 40.
        Assert.InRange(image.Pixels.Zip(Golden.Picture(), (a, b) => Math.Abs(a - b)).Average(), 0, 12);
    }

    [Fact]
    public void Decode_WebpWithAlpha_HasFourChannels()
    {
        var image = ImageReader.Decode(Golden.Read("alpha.webp"));

        Assert.Equal(4, image.Channels);
        Assert.Equal([220, 30, 40], image.Pixels[..3]);
        Assert.InRange(image.Pixels[3], 127, 128);
    }

    [Fact]
    public void ReadHeader_AnimatedWebp_IsRefused()
    {
        var failure = Assert.Throws<BadImageException>(
            () => ImageReader.ReadHeader(Golden.Read("animated.webp")));

        Assert.Contains("animated WebP", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("hello, I am a text", "not an image (starts with text)")]
    [InlineData("<!DOCTYPE html><html>", "not an image (starts as a web page, perhaps a failed download)")]
    [InlineData("GIF89a\u0001\u0000", "a GIF image, which is not read here; PNG, JPEG and WebP are")]
    [InlineData("\u0000\u0000\u0000\u0000",
        "not an image (starts with zeros, perhaps an unfinished download)")]
    public void ReadHeader_OfSomethingElse_SaysWhatItIs(string content, string expected)
    {
        var bytes = content.Select(letter => (byte)letter).ToArray();

        Assert.Equal(expected, Assert.Throws<BadImageException>(() => ImageReader.ReadHeader(bytes)).Message);
    }

    [Fact]
    public void Decode_DamagedFiles_NeverDoesAnythingButDecodeOrRefuse()
    {
        const int mutantsOfEach = 400;
        string[] names = ["rgb.jpg", "progressive.jpg", "cmyk.jpg", "lossless.webp", "lossy.webp",
            "alpha.webp"];
        var files = names.Select(Golden.Read).ToList();
        files.Add(new PngMaker(9, 7, 8, 6, (x, y, c) => (x * y) + c) { Interlaced = true }.Make());
        files.Add(new PngMaker(9, 7, 4, 3, (x, _, _) => x) { Palette = new byte[48],
            Transparency = new byte[9] }.Make());
        var random = new Random(20_260_101);
        foreach (var file in files)
        {
            for (var mutant = 0; mutant < mutantsOfEach; mutant++)
            {
                var damaged = file.ToArray();
                for (var k = random.Next(1, 6); k > 0; k--)
                    damaged[random.Next(12, damaged.Length)] = (byte)random.Next(256);
                try
                {
                    ImageReader.Decode(damaged);
                }
                catch (BadImageException failure)
                {
                    Assert.NotEmpty(failure.Message);
                }
            }
        }
    }
}
