namespace Atelier.Data.Charts;

/// <summary>What a chart is drawn on: pixels, or a vector picture. Places are in pixels.</summary>
internal interface IChartSurface
{
    /// <summary>Draws a straight line, whole or broken.</summary>
    void Line(double x1, double y1, double x2, double y2, double width, ChartColour colour, bool broken);

    /// <summary>Draws a filled disc.</summary>
    void Disc(double x, double y, double radius, ChartColour colour);

    /// <summary>Draws a circle.</summary>
    void Ring(double x, double y, double radius, double width, ChartColour colour);

    /// <summary>Writes a line whose middle line is at y.</summary>
    void Text(double x, double y, string text, TextAnchor anchor, ChartColour colour);
}
