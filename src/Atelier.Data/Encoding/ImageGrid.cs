using Atelier.Data.Decoding;

namespace Atelier.Data.Pictures;

/// <summary>Lays many small images out as one picture, in rows and columns.</summary>
public static class ImageGrid
{
    /// <summary>An image below this side is enlarged, by a whole factor, to nearly it.</summary>
    private const int PleasantSide = 96;

    /// <summary>Composes the grid; image i stands in row i / columns, column i % columns.</summary>
    /// <param name="images">
    /// uint8 [N, C, H, W], N at most rows times columns; missing ones stay background.
    /// </param>
    /// <param name="channels">C: 1 grey or 3 RGB.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="options">Layout.</param>
    /// <returns>A picture of the same number of channels.</returns>
    /// <exception cref="AtelierException">Sizes that do not fit each other (Bug).</exception>
    public static RasterImage Compose(
        ReadOnlySpan<byte> images, int channels, int height, int width, ImageGridOptions options)
    {
        var scale = options.Scale ?? PleasantScale(height, width);
        CheckSizes(images.Length, channels, height, width, scale, options);

        var textScale = height * scale >= 48 ? 2 : 1;
        var labels = (options.RowLabels ?? []).Take(options.Rows)
            .Select(label => Shorten(label, options.LongestLabel)).ToList();
        var labelWidth = labels.Count == 0 ? 0 : labels.Max(l => l.Length) * BitmapFont.Advance * textScale;
        var left =
            labelWidth == 0 ? options.Padding : labelWidth + (2 * Math.Max(options.Padding, textScale));
        var stepX = (width * scale) + options.Padding;
        var stepY = (height * scale) + options.Padding;
        var canvas = new Canvas(
            left + (options.Columns * stepX), options.Padding + (options.Rows * stepY), channels,
            options.Background);

        var size = channels * height * width;
        for (var i = 0; i < images.Length / size; i++)
        {
            canvas.Place(
                images.Slice(i * size, size), height, width, scale,
                left + (i % options.Columns * stepX), options.Padding + (i / options.Columns * stepY));
        }

        var ink = options.Background < 128 ? (byte)255 : (byte)0;
        for (var row = 0; row < labels.Count; row++)
        {
            var middle = options.Padding + (row * stepY) + (height * scale / 2);
            canvas.Write(
                labels[row], Math.Max(options.Padding, textScale),
                middle - (BitmapFont.GlyphHeight * textScale / 2),
                textScale, ink);
        }

        return canvas.ToImage();
    }

    /// <summary>
    /// The whole factor that brings an image near 96 pixels; 1 for images that are large already.
    /// </summary>
    public static int PleasantScale(int height, int width) =>
        Math.Max(1, PleasantSide / Math.Max(height, width));

    private static string Shorten(string label, int longest) =>
        label.Length <= longest ? label : label[..(longest - 2)] + "..";

    private static void CheckSizes(
        int length, int channels, int height, int width, int scale, ImageGridOptions options)
    {
        var size = (long)channels * height * width;
        var cells = (long)options.Rows * options.Columns;
        if (channels is not (1 or 3) || height < 1 || width < 1 || scale < 1 || options.Padding < 0
            || options.Rows < 1 || options.Columns < 1 || length % size != 0 || length / size > cells)
        {
            throw new AtelierException(
                FailureKind.Bug,
                $"{length} bytes are not at most {options.Rows} x {options.Columns} images of "
                + $"[{channels}, {height}, {width}], scale {scale}, padding {options.Padding}.");
        }
    }
}
