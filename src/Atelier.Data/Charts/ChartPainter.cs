using Atelier.Data.Pictures;

namespace Atelier.Data.Charts;

/// <summary>Draws a chart on a surface; the same lines for pixels and for vectors.</summary>
internal sealed class ChartPainter
{
    public const int Width = 920;
    public const int Height = 560;
    public const int TextScale = 2;
    public const double CharacterWidth = BitmapFont.Advance * TextScale;

    private const double TextHeight = BitmapFont.GlyphHeight * TextScale;
    private const double Top = 84;
    private const double Bottom = Height - 66;
    private const int LongestName = 16;
    private const double Dot = 4.5;
    private const double Halo = 5;

    private readonly Chart chart;
    private readonly IChartSurface surface;
    private readonly ChartAxis horizontal;
    private readonly ChartAxis vertical;
    private readonly double left;
    private readonly double right;

    public ChartPainter(Chart chart, IChartSurface surface)
    {
        (this.chart, this.surface) = (chart, surface);
        var points = chart.Series.SelectMany(static s => s.Points).ToList();
        horizontal = new ChartAxis([.. points.Select(static p => p.X), .. chart.Guides.Select(g => g.X)]);
        vertical = new ChartAxis(
            [.. points.Select(static p => p.Y)], chart.IsYFromZero, chart.IsYLogarithmic);
        left = 34 + (vertical.Ticks.Max(static t => t.Text.Length) * CharacterWidth);
        right = Width - 30 - LegendWidth();
    }

    /// <summary>Draws everything.</summary>
    public void Draw()
    {
        surface.Text(left, 24, chart.Title, TextAnchor.Start, ChartColour.Ink);
        DrawAxes();
        var labels = new LabelPlacer(left, Top, right, Bottom);
        foreach (var (x, name) in chart.Guides) DrawGuide(X(x), name, labels);
        for (var k = 0; k < chart.Series.Count; k++) DrawSeries(chart.Series[k], ChartColour.Of(k), labels);
        foreach (var series in chart.Series)
            foreach (var point in series.Points)
                if (point.Label is { Length: > 0 } label)
                    DrawLabel(X(point.X), Y(point.Y), label, labels);
        DrawLegend();
    }

    private double X(double value) => left + (horizontal.Place(value) * (right - left));

    private double Y(double value) => Bottom - (vertical.Place(value) * (Bottom - Top));

    private double LegendWidth() => chart.Series.Count < 2
        ? 0
        : 50 + (chart.Series.Max(static s => Shorten(s.Name).Length) * CharacterWidth);

    private void DrawAxes()
    {
        foreach (var (value, text) in vertical.Ticks)
        {
            surface.Line(left, Y(value), right, Y(value), 1, ChartColour.Faint, broken: false);
            surface.Text(left - 10, Y(value), text, TextAnchor.End, ChartColour.Ink);
        }

        foreach (var (value, text) in horizontal.Ticks)
        {
            surface.Line(X(value), Bottom, X(value), Bottom + 6, 1.5, ChartColour.Ink, broken: false);
            surface.Text(X(value), Bottom + 20, text, TextAnchor.Middle, ChartColour.Ink);
        }

        surface.Line(left, Top, left, Bottom, 1.5, ChartColour.Ink, broken: false);
        surface.Line(left, Bottom, right, Bottom, 1.5, ChartColour.Ink, broken: false);
        surface.Text(left, Top - 24, chart.YName, TextAnchor.Start, ChartColour.Ink);
        surface.Text((left + right) / 2, Bottom + 46, chart.XName, TextAnchor.Middle, ChartColour.Ink);
    }

    private void DrawGuide(double x, string name, LabelPlacer labels)
    {
        surface.Line(x, Top, x, Bottom, 1.5, ChartColour.Ink, broken: true);
        labels.AvoidLine(x, Top, x, Bottom);
        var wide = name.Length * CharacterWidth;
        var fits = x + 8 + wide <= right;
        var start = fits ? x + 8 : x - 8 - wide;
        surface.Text(start, Top + TextHeight, name, TextAnchor.Start, ChartColour.Ink);
        labels.Avoid(start, Top, start + wide, Top + (2 * TextHeight));
    }

    private void DrawSeries(ChartSeries series, ChartColour colour, LabelPlacer labels)
    {
        for (var k = 1; k < series.Points.Count; k++)
        {
            var (from, to) = (series.Points[k - 1], series.Points[k]);
            surface.Line(X(from.X), Y(from.Y), X(to.X), Y(to.Y), 2, colour, series.IsBroken);
            labels.AvoidLine(X(from.X), Y(from.Y), X(to.X), Y(to.Y));
        }

        foreach (var point in series.IsBroken ? [] : series.Points)
        {
            var (x, y) = (X(point.X), Y(point.Y));
            surface.Disc(x, y, Dot, colour);
            if (point.IsMarked) surface.Ring(x, y, Dot + Halo, 2, ChartColour.Ink);
            var room = point.IsMarked ? Dot + Halo : Dot;
            labels.Avoid(x - room, y - room, x + room, y + room);
        }
    }

    private void DrawLabel(double x, double y, string label, LabelPlacer labels)
    {
        var (middleX, middleY) = labels.Place(x, y, label.Length * CharacterWidth, TextHeight);
        surface.Text(middleX, middleY, label, TextAnchor.Middle, ChartColour.Ink);
    }

    private void DrawLegend()
    {
        if (chart.Series.Count < 2) return;
        for (var k = 0; k < chart.Series.Count; k++)
        {
            var y = Top + 8 + (k * (TextHeight + 12));
            var series = chart.Series[k];
            surface.Line(right + 14, y, right + 38, y, 2, ChartColour.Of(k), series.IsBroken);
            if (!series.IsBroken) surface.Disc(right + 26, y, Dot, ChartColour.Of(k));
            surface.Text(right + 46, y, Shorten(series.Name), TextAnchor.Start, ChartColour.Ink);
        }
    }

    private static string Shorten(string name) =>
        name.Length <= LongestName ? name : name[..(LongestName - 2)] + "..";
}
