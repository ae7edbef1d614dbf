using Atelier.Data.Charts;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>The picture of <c>eval --chart</c>.</summary>
internal static class EvalChart
{
    private const string Vectors = ".svg";
    private static readonly string[] Known = [".png", Vectors];

    /// <summary>Whether the name of a file says what kind of picture it is.</summary>
    public static bool Fits(string file) =>
        Known.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>Draws the curve among results, where one was asked for and there is one.</summary>
    /// <param name="file">The picture, or null.</param>
    /// <param name="name">What was scored.</param>
    /// <param name="results">The scores.</param>
    /// <exception cref="AtelierException">The disk refused (Disk).</exception>
    public static void Write(string? file, string name, IReadOnlyList<MetricResult> results)
    {
        if (file is null || PrecisionRecallChart.Of(name, results) is not { } chart) return;
        if (Path.GetExtension(file).Equals(Vectors, StringComparison.OrdinalIgnoreCase))
            ChartWriter.WriteSvg(file, chart);
        else
            ChartWriter.WritePng(file, chart);
    }
}
