using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;
using Atelier.Data.Charts;
using Atelier.Data.Decoding;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier data stats</c>.</summary>
internal sealed class DataStatsWork(CliServices services)
{
    private const int MostClasses = 40;
    private static readonly string[] Palette = ["blue", "red", "green"];

    /// <summary>Counts, shows, draws.</summary>
    public ExitCode Run(string path, string? split, string? picture, ImagePolicy policy)
    {
        services.Signals.Listen();
        OutputFolder.CheckParent(picture);
        using var source = DatasetOpener.OpenSource(path);
        using var view = new PackView(services, "counting");
        var statistics = DatasetStatistics.Of(path, source, split, policy, view, services.Signals.Token);
        if (statistics.Skipped > 0)
            services.Output.Warn(Text($"{statistics.Skipped} images cannot be used and are not counted; ")
                + "'atelier data check' lists them");
        Show(statistics);
        if (picture is not null)
        {
            Draw(statistics, picture);
            services.Output.Result(picture);
        }

        services.Output.Document(statistics, OutputJson.Default.DatasetStatistics);
        return ExitCode.Ok;
    }

    private void Show(DatasetStatistics statistics)
    {
        var output = services.Output;
        output.Result(Text($"{statistics.Path}: {statistics.Count} images of ")
            + string.Join(", ", statistics.Splits) + ", values 0 to 255");
        var channels = TextTable.Lines(["channel", "mean", "deviation", "least", "most", "at 0", "at 255"],
            statistics.Channels.Select(item => (IReadOnlyList<string>)[
                item.Channel, Text($"{item.Mean:0.000}"), Text($"{item.Deviation:0.000}"),
                Text($"{item.Least}"), Text($"{item.Most}"), Share(item, 0), Share(item, 255),
            ]));
        foreach (var line in channels) output.Result("  " + line);
        var shown = statistics.Classes.Take(MostClasses).ToList();
        string[] heading = ["class", "images", .. statistics.Channels.Select(item => item.Channel + " mean"),
            .. statistics.Channels.Select(item => item.Channel + " dev.")];
        var classes = TextTable.Lines(heading, shown.Select(item => (IReadOnlyList<string>)[
            Printable.Text(item.Name), Text($"{item.Count}"),
            .. Cells(item.Mean, statistics.Channels.Count),
            .. Cells(item.Deviation, statistics.Channels.Count),
        ]));
        foreach (var line in classes) output.Result("  " + line);
        if (statistics.Classes.Count > MostClasses)
            output.Result(Text($"  ... and {statistics.Classes.Count - MostClasses} more; --json has all"));
    }

    private static IEnumerable<string> Cells(IReadOnlyList<double> values, int count)
        => values.Count == 0 ? Enumerable.Repeat("-", count) : values.Select(value => Text($"{value:0.0}"));

    private static string Share(ChannelHistogram channel, int value)
        => (channel.Counts[value] / (double)channel.Counts.Sum())
            .ToString("0.00%", CultureInfo.InvariantCulture);

    private static void Draw(DatasetStatistics statistics, string picture)
    {
        var chart = new Chart
        {
            Title = Path.GetFileName(statistics.Path) + ": how often each value occurs",
            XName = "value",
            YName = "pixels, percent",
            IsYFromZero = true,
            // The palette begins with blue, a red and a green.
            Series = [.. statistics.Channels
                .OrderBy(channel => Array.IndexOf(Palette, channel.Channel)).Select(LineOf)],
        };
        if (Path.GetExtension(picture).Equals(".svg", StringComparison.OrdinalIgnoreCase))
            ChartWriter.WriteSvg(picture, chart);
        else
            ChartWriter.WritePng(picture, chart);
    }

    private static ChartSeries LineOf(ChannelHistogram channel)
    {
        var total = (double)channel.Counts.Sum();
        return new ChartSeries(channel.Channel,
            [.. channel.Counts.Select((count, value) => new ChartPoint(value, 100 * count / total))]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
