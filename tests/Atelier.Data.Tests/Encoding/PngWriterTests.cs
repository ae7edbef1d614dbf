using System.Text;
using Atelier.Data.Decoding;
using Atelier.Data.Pictures;

namespace Atelier.Data.Tests.Pictures;

public sealed class PngWriterTests
{
    private const int Seed = 7;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 1)]
    [InlineData(3, 5, 2)]
    [InlineData(64, 33, 3)]
    [InlineData(1, 40, 3)]
    [InlineData(40, 1, 4)]
    public void Write_AnySizeAndChannels_DecodesToTheSamePixels(int width, int height, int channels)
    {
        var image = Noise(width, height, channels);

        var back = PngReference.Decode(Written(image), out _);

        Assert.Equal((width, height, channels), (back.Width, back.Height, back.Channels));
        Assert.Equal(image.Pixels, back.Pixels);
    }

    [Fact]
    public void Write_RowsOfManyKinds_UsesEveryFilterAndDecodesToTheSamePixels()
    {
        var rows = new List<byte[]>();
        var random = new Random(Seed);
        byte[] Row(Func<int, int> value) => [.. Enumerable.Range(0, 64).Select(x => (byte)value(x))];
        for (var i = 0; i < 8; i++)
        {
            rows.Add(Row(x => x * 4)); // a slope: the left neighbour predicts it
            rows.Add(Row(_ => random.Next(256))); // noise
            rows.Add([.. rows[^1]]); // the same again: the one above predicts it
            rows.Add(Row(x => (x % 2 == 0 ? 0 : 255) + 2)); // small as signed bytes: no filter
            var above = rows[^1];
            var left = 0;
            rows.Add(Row(x => left = (byte)((left + above[x]) / 2))); // the mean predicts it
            rows.Add(Row(x => (int)((90 * Math.Sin((x + i) * 0.2)) + 128)));
            rows.Add(Row(x => (int)((90 * Math.Sin((x + i + 1) * 0.2)) + 128 + (i * 5))));
        }

        var image = new RasterImage(64, rows.Count, 1, [.. rows.SelectMany(r => r)]);
        var back = PngReference.Decode(Written(image), out var filters);

        Assert.Equal(image.Pixels, back.Pixels);
        Assert.Superset(new HashSet<int> { 0, 1, 2, 3 }, filters);
    }

    [Fact]
    public void Write_Gradient_IsFarSmallerThanItsPixels()
    {
        var pixels = new byte[128 * 128 * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)((i / 3 % 128) + (i / 384));

        Assert.InRange(Written(new RasterImage(128, 128, 3, pixels)).Length, 100, pixels.Length / 50);
    }

    [Fact]
    public void Write_Texts_StandBeforeTheImage()
    {
        var chunks = PngReference.Chunks(Written(
            Noise(2, 2, 1),
            new() { ["Software"] = "Atelier", ["Class"] = "\u00e9t\u00e9", ["Note"] = "\u4e2d" }));

        Assert.Equal(["IHDR", "tEXt", "tEXt", "iTXt", "IDAT", "IEND"], chunks.Select(c => c.Type));
        Assert.Equal("Software\0Atelier", Encoding.Latin1.GetString(chunks[1].Data));
        Assert.Equal("Class\0\u00e9t\u00e9", Encoding.Latin1.GetString(chunks[2].Data));
        Assert.Equal("Note\0\0\0\0\0\u4e2d", Encoding.UTF8.GetString(chunks[3].Data));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("\u4e2d")]
    public void Write_KeywordOutsideTheFormat_IsABug(string keyword)
    {
        var error = Assert.Throws<AtelierException>(() => Written(Noise(2, 2, 1), new() { [keyword] = "x" }));

        Assert.Equal(FailureKind.Bug, error.Kind);
    }

    [Fact]
    public void WriteAnimation_ThreeFrames_DecodesToTheirPixels()
    {
        RasterImage[] frames = [Noise(6, 4, 3, 1), Noise(6, 4, 3, 2), Noise(6, 4, 3, 3)];
        using var stream = new MemoryStream();

        ApngWriter.Write(stream, frames, frameMilliseconds: 300, plays: 2);

        var chunks = PngReference.Chunks(stream.ToArray());
        Assert.Equal(
            ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"],
            chunks.Select(c => c.Type));
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 2], chunks[1].Data);
        // Sequence number 1, 6 x 4 at 0, 0, 300 / 1000 s, no disposal, no blending.
        Assert.Equal(
            [0, 0, 0, 1, 0, 0, 0, 6, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 1, 44, 3, 232, 0, 0],
            chunks[4].Data);
        Assert.Equal([0, 0, 0, 2], chunks[5].Data[..4]);
        Assert.Equal(frames[0].Pixels, PngReference.Decode(chunks[0].Data, chunks[3].Data, out _).Pixels);
        Assert.Equal(
            frames[2].Pixels, PngReference.Decode(chunks[0].Data, chunks[7].Data[4..], out _).Pixels);
    }

    [Fact]
    public void WriteAnimation_FramesOfTwoSizes_IsABug()
    {
        using var stream = new MemoryStream();

        var error = Assert.Throws<AtelierException>(
            () => ApngWriter.Write(stream, [Noise(6, 4, 3), Noise(4, 6, 3)], frameMilliseconds: 100));

        Assert.Contains("4x6x3", error.Message, StringComparison.Ordinal);
    }

    private static RasterImage Noise(int width, int height, int channels, int seed = Seed)
    {
        var pixels = new byte[width * height * channels];
        new Random(seed).NextBytes(pixels);
        return new RasterImage(width, height, channels, pixels);
    }

    private static byte[] Written(RasterImage image, Dictionary<string, string>? texts = null)
    {
        using var stream = new MemoryStream();
        PngWriter.Write(stream, image, texts);
        return stream.ToArray();
    }
}
