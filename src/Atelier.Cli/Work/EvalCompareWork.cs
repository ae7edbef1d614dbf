using System.Globalization;
using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Output;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier eval --compare FIRST SECOND</c>.</summary>
internal sealed class EvalCompareWork(CliServices services)
{
    /// <summary>Compares two documents of <c>eval --json</c>, number by number.</summary>
    /// <exception cref="AtelierException">A file is no such document, they share no metric, or a protocol
    /// differs (Usage).</exception>
    public ExitCode Run(string first, string second)
    {
        var (left, right) = (Read(first), Read(second));
        var shared = left.Keys.Where(right.ContainsKey).ToList();
        if (shared.Count == 0)
            throw new AtelierException(
                FailureKind.Usage,
                $"{first} has {string.Join(", ", left.Keys)} and {second} "
                + $"{string.Join(", ", right.Keys)}: no metric is in both.");
        foreach (var name in shared.Where(name => left[name].Protocol != right[name].Protocol))
            throw new AtelierException(
                FailureKind.Usage,
                $"{name} was taken as {left[name].Protocol} in {first} and as {right[name].Protocol} in "
                + $"{second}: numbers of different protocols are not comparable. Evaluate both with the same "
                + "settings.");

        var differences = shared.ToDictionary(
            static name => name,
            name => new ScoreDifference(
                left[name].Value, right[name].Value, right[name].Value - left[name].Value,
                left[name].Protocol),
            StringComparer.Ordinal);
        foreach (var (name, d) in differences)
            services.Output.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} {d.First:0.####} -> {d.Second:0.####} ({d.Difference:+0.####;-0.####;0})  " +
                $"[{d.Protocol}]"));
        services.Output.Document(
            new CompareReport(first, second, differences), OutputJson.Default.CompareReport);
        return ExitCode.Ok;
    }

    private static IReadOnlyDictionary<string, ScoreValue> Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var report = JsonSerializer.Deserialize(stream, OutputJson.Default.EvalReport);
            if (report?.Metrics is { Count: > 0 } metrics) return metrics;
            throw NoReport(path, "it holds no metrics");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw NoReport(path, error.Message);
        }
    }

    private static AtelierException NoReport(string path, string why) => new(
        FailureKind.Usage,
        $"{path} is no document of 'atelier eval --json': {why.TrimEnd('.')}. Write one with 'atelier eval … "
        + "--json > FILE'.");
}
