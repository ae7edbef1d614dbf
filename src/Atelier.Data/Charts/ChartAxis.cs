using System.Globalization;

namespace Atelier.Data.Charts;

/// <summary>From numbers to places along an axis, with round numbers to write beside it.</summary>
internal sealed class ChartAxis
{
    private const double Margin = 0.07;
    private const int TicksWanted = 6;
    private static readonly double[] RoundSteps = [1, 2, 5, 10];
    private static readonly double[] LogarithmicSteps = [1, 2, 5];

    private readonly bool isLogarithmic;
    private readonly double low;
    private readonly double high;

    /// <exception cref="AtelierException">No number, or one that an axis cannot show (Bug).</exception>
    public ChartAxis(IReadOnlyCollection<double> values, bool fromZero = false, bool isLogarithmic = false)
    {
        this.isLogarithmic = isLogarithmic;
        if (values.Count == 0 || values.Any(v => !double.IsFinite(v) || (isLogarithmic && v <= 0)))
            throw new AtelierException(
                FailureKind.Bug,
                $"A chart's axis needs finite {(isLogarithmic ? "positive " : "")}numbers; it was given " +
                $"{values.Count}: {string.Join(", ", values.Take(8))}.");
        (low, high) = (values.Min(Scaled), values.Max(Scaled));
        if (fromZero) (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            var room = low == 0 ? 0.5 : Math.Abs(low) * 0.1;
            (low, high) = (fromZero && low == 0 ? 0 : low - room, high + room);
        }

        var margin = (high - low) * Margin;
        if (!(fromZero && low == 0)) low -= margin;
        if (!(fromZero && high == 0)) high += margin;
        Ticks = isLogarithmic ? Logarithmic() : Linear();
    }

    /// <summary>Round numbers from low to high with their text.</summary>
    public IReadOnlyList<(double Value, string Text)> Ticks { get; }

    /// <summary>0 at the low end, 1 at the high end.</summary>
    public double Place(double value) => (Scaled(value) - low) / (high - low);

    private double Scaled(double value) => isLogarithmic ? Math.Log10(value) : value;

    private List<(double, string)> Linear()
    {
        var raw = (high - low) / TicksWanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = RoundSteps.First(r => r * power >= raw * 0.999) * power;
        var digits = Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        var ticks = new List<(double, string)>();
        for (var k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (step * 1e-9); k++)
            ticks.Add((k * step, Text(k * step, digits)));
        return ticks;
    }

    private List<(double, string)> Logarithmic()
    {
        var ticks = new List<(double, string)>();
        for (var power = (int)Math.Floor(low); power <= Math.Ceiling(high); power++)
            foreach (var step in LogarithmicSteps)
            {
                var value = step * Math.Pow(10, power);
                if (Math.Log10(value) < low || Math.Log10(value) > high) continue;
                ticks.Add((value, Text(value, Math.Max(0, -power))));
            }

        return ticks;
    }

    private static string Text(double value, int digits) =>
        // Minus zero is no number to write on an axis.
        (value == 0 ? 0 : value).ToString("F" + digits, CultureInfo.InvariantCulture);
}
