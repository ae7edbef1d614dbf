using Atelier.Data.Decoding;

namespace Atelier.Data.Pictures;

/// <summary>A picture to be drawn on: [H, W, C], filled with one grey level.</summary>
internal sealed class Canvas
{
    private readonly int width;
    private readonly int height;
    private readonly int channels;
    private readonly byte[] pixels;

    public Canvas(int width, int height, int channels, byte background)
    {
        (this.width, this.height, this.channels) = (width, height, channels);
        pixels = new byte[checked(width * height * channels)];
        pixels.AsSpan().Fill(background);
    }

    /// <summary>Puts an image [C, H, W] down, each pixel as a square; it must fit.</summary>
    public void Place(ReadOnlySpan<byte> image, int imageHeight, int imageWidth, int scale, int left, int top)
    {
        for (var y = 0; y < imageHeight * scale; y++)
        {
            for (var x = 0; x < imageWidth * scale; x++)
            {
                var from = (y / scale * imageWidth) + (x / scale);
                var to = (((top + y) * width) + left + x) * channels;
                for (var c = 0; c < channels; c++)
                    pixels[to + c] = image[(c * imageHeight * imageWidth) + from];
            }
        }
    }

    /// <summary>Writes a line of text; what lies outside the picture is left out.</summary>
    public void Write(string text, int left, int top, int scale, byte ink)
    {
        Span<byte> colour = stackalloc byte[channels];
        colour.Fill(ink);
        Write(text, left, top, scale, colour);
    }

    /// <summary>Writes a line of text in a colour [C].</summary>
    public void Write(string text, int left, int top, int scale, ReadOnlySpan<byte> ink)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var y = 0; y < BitmapFont.GlyphHeight * scale; y++)
            {
                for (var x = 0; x < BitmapFont.GlyphWidth * scale; x++)
                {
                    if (BitmapFont.HasInk(text[i], x / scale, y / scale))
                        Dot(left + (i * BitmapFont.Advance * scale) + x, top + y, ink);
                }
            }
        }
    }

    /// <summary>Lays a colour [C] over a pixel; what lies outside the picture is left out.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">From the top.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="share">0 leaves the pixel, 1 replaces it.</param>
    public void Blend(int x, int y, ReadOnlySpan<byte> ink, double share)
    {
        if (share <= 0 || x < 0 || x >= width || y < 0 || y >= height) return;
        var pixel = pixels.AsSpan(((y * width) + x) * channels, channels);
        for (var c = 0; c < channels; c++)
            pixel[c] = (byte)Math.Round(pixel[c] + ((ink[c] - pixel[c]) * share));
    }

    /// <summary>The picture; the canvas must not be drawn on afterwards.</summary>
    public RasterImage ToImage() => new(width, height, channels, pixels);

    private void Dot(int x, int y, ReadOnlySpan<byte> ink)
    {
        if (x >= 0 && x < width && y >= 0 && y < height)
            ink.CopyTo(pixels.AsSpan(((y * width) + x) * channels, channels));
    }
}
