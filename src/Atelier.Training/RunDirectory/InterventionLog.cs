using System.Text.Json;
using Atelier.Training.Telemetry;

namespace Atelier.Training.RunDirectory;

/// <summary>The file <c>interventions.jsonl</c>: a line for each change to a run under way.</summary>
public static class InterventionLog
{
    /// <summary>
    /// Appends an intervention, unless the file holds it already, as after a kill between a checkpoint and
    /// this line.
    /// </summary>
    /// <exception cref="AtelierException">Kind Disk: the file cannot be read or written.</exception>
    public static void Append(RunFolder run, Intervention intervention)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(intervention);
        if (Read(run).Contains(intervention)) return;
        using var lines = JsonLinesWriter.Open(run.InterventionsPath, long.MaxValue);
        lines.Append(intervention, TelemetryJson.Default.Intervention);
    }

    /// <summary>All interventions, oldest first; lines that are none are passed over.</summary>
    /// <exception cref="AtelierException">Kind Disk: the file cannot be read.</exception>
    public static IReadOnlyList<Intervention> Read(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!File.Exists(run.InterventionsPath)) return [];
        try
        {
            return [.. File.ReadLines(run.InterventionsPath).Select(Parse).OfType<Intervention>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw IO.DiskFailure.From(e, run.InterventionsPath);
        }
    }

    private static Intervention? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, TelemetryJson.Default.Intervention);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
