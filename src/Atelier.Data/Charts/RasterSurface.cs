using Atelier.Data.Decoding;
using Atelier.Data.Pictures;

namespace Atelier.Data.Charts;

/// <summary>Draws with smooth edges: a pixel takes as much of the colour as the shape covers of it.</summary>
internal sealed class RasterSurface(int width, int height) : IChartSurface
{
    private const double DashLength = 6;

    private readonly Canvas canvas = new(width, height, channels: 3, background: 255);

    public RasterImage ToImage() => canvas.ToImage();

    public void Line(
        double x1, double y1, double x2, double y2, double width, ChartColour colour, bool broken)
    {
        if (!broken)
        {
            Segment(x1, y1, x2, y2, width, colour);
            return;
        }

        var length = Math.Max(1e-9, Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1))));
        var (stepX, stepY) = ((x2 - x1) / length, (y2 - y1) / length);
        for (var start = 0.0; start < length; start += 2 * DashLength)
        {
            var end = Math.Min(length, start + DashLength);
            Segment(
                x1 + (stepX * start), y1 + (stepY * start), x1 + (stepX * end), y1 + (stepY * end), width,
                colour);
        }
    }

    public void Disc(double x, double y, double radius, ChartColour colour) =>
        Cover(x - radius, y - radius, x + radius, y + radius, colour, (px, py) =>
            radius - Math.Sqrt(((px - x) * (px - x)) + ((py - y) * (py - y))));

    public void Ring(double x, double y, double radius, double width, ChartColour colour)
    {
        var outer = radius + (width / 2);
        Cover(x - outer, y - outer, x + outer, y + outer, colour, (px, py) =>
            (width / 2) - Math.Abs(radius - Math.Sqrt(((px - x) * (px - x)) + ((py - y) * (py - y)))));
    }

    public void Text(double x, double y, string text, TextAnchor anchor, ChartColour colour)
    {
        var wide = text.Length * ChartPainter.CharacterWidth;
        var left = anchor switch
        {
            TextAnchor.Start => x,
            TextAnchor.Middle => x - (wide / 2),
            _ => x - wide,
        };
        canvas.Write(
            text, (int)Math.Round(left), (int)Math.Round(y) - BitmapFont.GlyphHeight,
            ChartPainter.TextScale, [colour.Red, colour.Green, colour.Blue]);
    }

    private void Segment(double x1, double y1, double x2, double y2, double width, ChartColour colour)
    {
        var (dx, dy) = (x2 - x1, y2 - y1);
        var square = Math.Max(1e-12, (dx * dx) + (dy * dy));
        Cover(
            Math.Min(x1, x2) - width, Math.Min(y1, y2) - width, Math.Max(x1, x2) + width,
            Math.Max(y1, y2) + width, colour, (px, py) =>
            {
                var along = Math.Clamp((((px - x1) * dx) + ((py - y1) * dy)) / square, 0, 1);
                var (ax, ay) = (px - x1 - (along * dx), py - y1 - (along * dy));
                return (width / 2) - Math.Sqrt((ax * ax) + (ay * ay));
            });
    }

    /// <summary>Blends a shape in, given how deep a point lies inside it (negative outside).</summary>
    private void Cover(
        double left, double top, double right, double bottom, ChartColour colour,
        Func<double, double, double> depth)
    {
        Span<byte> ink = [colour.Red, colour.Green, colour.Blue];
        for (var y = (int)top - 1; y <= (int)bottom + 1; y++)
            for (var x = (int)left - 1; x <= (int)right + 1; x++)
                canvas.Blend(x, y, ink, Math.Clamp(depth(x + 0.5, y + 0.5) + 0.5, 0, 1));
    }
}
