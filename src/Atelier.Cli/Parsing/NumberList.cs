using System.Globalization;

namespace Atelier.Cli.Parsing;

/// <summary>Numbers with a comma between, as <c>2,1.5,0.5</c>.</summary>
internal static class NumberList
{
    private const int Most = 100;

    /// <summary>A parser of lists whose numbers are all within bounds and all different.</summary>
    public static Opt.ValueParser<IReadOnlyList<double>> Within(double least, double most) =>
        (string text, out IReadOnlyList<double>? numbers) =>
        {
            var found = new List<double>();
            numbers = found;
            var expected = FormattableString.Invariant(
                $"up to {Most} different numbers from {least} to {most} with a comma between, as 2,1,0.5");
            foreach (var part in text.Split(','))
            {
                var fits = double.TryParse(
                    part.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && number >= least && number <= most;
                if (!fits || found.Contains(number)) return expected;
                found.Add(number);
            }

            return found.Count <= Most ? null : expected;
        };
}
