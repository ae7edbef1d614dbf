using System.Globalization;
using System.Security;
using System.Text;

namespace Atelier.Data.Charts;

/// <summary>Writes the elements of an SVG 1.1 document.</summary>
internal sealed class SvgSurface(int width, int height, string title) : IChartSurface
{
    private readonly StringBuilder body = new();

    /// <summary>The whole document.</summary>
    public string ToDocument() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">
        <title>{Escaped(title)}</title>
        <rect width="{width}" height="{height}" fill="#ffffff"/>
        <g font-family="monospace" font-size="17">
        {body}</g>
        </svg>

        """);

    public void Line(
        double x1, double y1, double x2, double y2, double width, ChartColour colour, bool broken) =>
        body.Append(
            CultureInfo.InvariantCulture,
            $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" " +
            $"stroke=\"{colour.Hex}\" stroke-width=\"{width:0.##}\" stroke-linecap=\"round\"" +
            $"{(broken ? " stroke-dasharray=\"6 6\"" : "")}/>\n");

    public void Disc(double x, double y, double radius, ChartColour colour) =>
        body.Append(
            CultureInfo.InvariantCulture,
            $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" fill=\"{colour.Hex}\"/>\n");

    public void Ring(double x, double y, double radius, double width, ChartColour colour) =>
        body.Append(
            CultureInfo.InvariantCulture,
            $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" fill=\"none\" " +
            $"stroke=\"{colour.Hex}\" stroke-width=\"{width:0.##}\"/>\n");

    public void Text(double x, double y, string text, TextAnchor anchor, ChartColour colour) =>
        body.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" dominant-baseline=\"central\" " +
            $"text-anchor=\"{anchor.ToString().ToLowerInvariant()}\" fill=\"{colour.Hex}\">" +
            $"{Escaped(text)}</text>\n");

    private static string Escaped(string text) =>
        SecurityElement.Escape(string.Concat(text.Where(static c => !char.IsControl(c)))) ?? "";
}
