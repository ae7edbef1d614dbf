using System.Buffers.Binary;
using Atelier.Data.Decoding;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Decoding;

public sealed class ExifOrientationTests
{
    [Theory]
    [InlineData(1, "top", "left")]
    [InlineData(2, "top", "right")]
    [InlineData(3, "bottom", "right")]
    [InlineData(4, "bottom", "left")]
    [InlineData(5, "left", "top")]
    [InlineData(6, "right", "top")]
    [InlineData(7, "right", "bottom")]
    [InlineData(8, "left", "bottom")]
    public void Decode_Jpeg_PutsTheFirstRowAndColumnWhereTheTagSays(int orientation, string row,
        string column)
    {
        // The words are those of the Exif specification.
        var stored = ImageReader.Decode(Golden.Read("rgb.jpg"));

        var upright = ImageReader.Decode(
            JpegSurgery.WithOrientation(Golden.Read("rgb.jpg"), orientation, orientation % 2 == 0));

        Assert.Equal(orientation < 5 ? (20, 14) : (14, 20), (upright.Width, upright.Height));
        for (var r = 0; r < stored.Height; r++)
        {
            for (var c = 0; c < stored.Width; c++)
            {
                var (x, y) = (0, 0);
                Place(row, r, upright, ref x, ref y);
                Place(column, c, upright, ref x, ref y);
                Assert.Equal(Pixel(stored, c, r), Pixel(upright, x, y));
            }
        }
    }

    [Fact]
    public void Decode_PngWithOrientation_IsTurned()
    {
        var png = new PngMaker(3, 2, 8, 0, (x, y, _) => (10 * y) + x)
        {
            Extra = ("eXIf", JpegSurgery.Exif(6, little: false)),
        }.Make();

        var image = ImageReader.Decode(png);

        Assert.Equal((2, 3), (image.Width, image.Height));
        Assert.Equal([10, 0, 11, 1, 12, 2], image.Pixels);
    }

    [Fact]
    public void Decode_WebpWithOrientation_IsTurned()
    {
        var plain = Golden.Read("lossless.webp");
        byte[] extended = [0x08, 0, 0, 0, 19, 0, 0, 13, 0, 0];
        byte[] body = [.. "WEBP"u8, .. Chunk("VP8X", extended), .. plain[12..],
            .. Chunk("EXIF", JpegSurgery.Exif(3))];
        byte[] file = [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];

        var image = ImageReader.Decode(file);

        var picture = Golden.Picture();
        for (var i = 0; i < 280; i++)
        {
            var turned = 3 * (279 - i);
            Assert.Equal(picture[(3 * i)..((3 * i) + 3)], image.Pixels[turned..(turned + 3)]);
        }
    }

    [Fact]
    public void Decode_DamagedExif_LeavesThePictureAsItIs()
    {
        var plain = ImageReader.Decode(Golden.Read("rgb.jpg")).Pixels;
        var block = JpegSurgery.Exif(6);
        byte[] far = [255, 255, 255, 255];
        byte[][] blocks = [[], block[..7], block[..20], JpegSurgery.Exif(9),
            [.. block[..4], .. far, .. block[8..]]];

        foreach (var damaged in blocks)
        {
            var file = JpegSurgery.WithSegment(Golden.Read("rgb.jpg"), 0xE1, [.. "Exif\0\0"u8, .. damaged]);
            Assert.Equal(plain, ImageReader.Decode(file).Pixels);
        }
    }

    private static void Place(string side, int distance, RasterImage image, ref int x, ref int y)
    {
        switch (side)
        {
            case "left":
                x = distance;
                break;
            case "right":
                x = image.Width - 1 - distance;
                break;
            case "top":
                y = distance;
                break;
            default:
                y = image.Height - 1 - distance;
                break;
        }
    }

    private static byte[] Pixel(RasterImage image, int x, int y)
        => image.Pixels.AsSpan(((y * image.Width) + x) * 3, 3).ToArray();

    private static byte[] Chunk(string name, byte[] content)
    {
        var chunk = new byte[8 + content.Length + (content.Length % 2)];
        for (var i = 0; i < 4; i++)
            chunk[i] = (byte)name[i];
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), content.Length);
        content.CopyTo(chunk, 8);
        return chunk;
    }
}
