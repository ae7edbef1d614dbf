using Atelier.Cli.Output;
using Atelier.Data.Charts;

namespace Atelier.Cli.Work;

/// <summary>The tables and the plot of <c>atelier leak</c>.</summary>
internal static class LeakFiles
{
    private const int MostLines = 6;

    /// <summary>Writes them all into a folder that exists.</summary>
    /// <returns>Their paths.</returns>
    public static IReadOnlyList<string> Write(LeakReport report, string folder)
    {
        string[] paths =
        [
            .. ((string[])["leak.csv", "confusion.csv", "leak.png", "leak.svg"])
                .Select(name => Path.Combine(folder, name)),
        ];
        CsvFile.Write(
            paths[0], ["step", "leak", .. report.ClassNames],
            report.Checkpoints.Select(static c => (IReadOnlyList<object?>)
                [c.Step, c.Leak, .. c.LeakOfClass.Cast<object?>()]));
        CsvFile.Write(
            paths[1], ["step", "asked", .. report.ClassNames],
            report.Checkpoints.SelectMany(c => c.Confusion.Select((row, asked) => (IReadOnlyList<object?>)
                [c.Step, report.ClassNames[asked], .. row.Cast<object?>()])));
        var chart = ChartOf(report);
        ChartWriter.WritePng(paths[2], chart);
        ChartWriter.WriteSvg(paths[3], chart);
        return paths;
    }

    /// <summary>The share of all classes, of those that leaked most, and of real images.</summary>
    private static Chart ChartOf(LeakReport report)
    {
        var series = new List<ChartSeries>
        {
            new("all classes", Points(report, static c => c.Leak)),
        };
        var worst = Enumerable.Range(0, report.ClassNames.Count)
            .OrderByDescending(k => report.Checkpoints.Average(c => c.LeakOfClass[k])).Take(MostLines);
        foreach (var k in worst)
            series.Add(new ChartSeries(report.ClassNames[k], Points(report, c => c.LeakOfClass[k])));
        if (report.HeldOutLeak is { } real)
            series.Add(new ChartSeries("real images", Points(report, _ => real), IsBroken: true));
        return new Chart
        {
            Title = "Class leakage: images that are seen as another class",
            XName = "training step",
            YName = "% of images",
            IsYFromZero = true,
            Series = series,
        };
    }

    private static List<ChartPoint> Points(LeakReport report, Func<LeakCheckpoint, double> share) =>
        [.. report.Checkpoints.Select(c => new ChartPoint(c.Step, 100 * share(c)))];
}
