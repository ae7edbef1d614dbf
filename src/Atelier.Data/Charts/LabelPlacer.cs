namespace Atelier.Data.Charts;

/// <summary>Finds a free place beside a point for its label: the first that touches least.</summary>
internal sealed class LabelPlacer(double left, double top, double right, double bottom)
{
    private const double Gap = 13;

    private readonly List<(double Left, double Top, double Right, double Bottom)> taken = [];

    /// <summary>Keeps labels away from a rectangle, such as a dot.</summary>
    public void Avoid(double x1, double y1, double x2, double y2) =>
        taken.Add((Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2)));

    /// <summary>Keeps labels away from a line, by small rectangles along it.</summary>
    public void AvoidLine(double x1, double y1, double x2, double y2)
    {
        const double Piece = 8;
        var pieces = Math.Max(1, (int)(Math.Max(Math.Abs(x2 - x1), Math.Abs(y2 - y1)) / Piece));
        for (var k = 0; k < pieces; k++)
        {
            var (from, to) = (k / (double)pieces, (k + 1) / (double)pieces);
            Avoid(
                x1 + ((x2 - x1) * from), y1 + ((y2 - y1) * from), x1 + ((x2 - x1) * to),
                y1 + ((y2 - y1) * to));
        }
    }

    /// <summary>The middle of a label of a size beside a point.</summary>
    public (double X, double Y) Place(double x, double y, double width, double height)
    {
        (double X, double Y)[] directions =
            [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)];
        var best = (X: x, Y: y);
        var least = double.PositiveInfinity;
        foreach (var reach in (double[])[1, 2.2, 3.4])
            foreach (var (dx, dy) in directions)
            {
                var middle = (
                    X: x + (dx * ((width / 2) + (Gap * reach))),
                    Y: y + (dy * ((height / 2) + (Gap * reach))));
                var touched = Touched(middle.X, middle.Y, width / 2, height / 2) + (reach * 1e-3);
                if (touched >= least) continue;
                (least, best) = (touched, middle);
            }

        Avoid(
            best.X - (width / 2), best.Y - (height / 2), best.X + (width / 2), best.Y + (height / 2));
        return best;
    }

    private double Touched(double x, double y, double halfWidth, double halfHeight)
    {
        var (x1, y1, x2, y2) = (x - halfWidth - 2, y - halfHeight - 2, x + halfWidth + 2, y + halfHeight + 2);
        var outside = x1 < left || x2 > right || y1 < top || y2 > bottom ? 100 : 0;
        return outside + taken.Count(t => x1 < t.Right && x2 > t.Left && y1 < t.Bottom && y2 > t.Top);
    }
}
