using System.Globalization;

namespace Atelier.Training.Checkpoints;

/// <summary>The text file BEST: one line a checkpoint, best first, folder name and metric.</summary>
internal static class BestList
{
    /// <summary>
    /// Entries, best first; empty when there is no file. A line that is no entry is passed over.
    /// </summary>
    public static IReadOnlyList<(long Step, double Metric)> Read(string folder)
    {
        var path = Path.Combine(folder, CheckpointNames.Best);
        if (!File.Exists(path))
            return [];
        var entries = new List<(long, double)>();
        foreach (var line in File.ReadLines(path).Take(10_000))
        {
            var words = line.Split(' ');
            if (words.Length == 2 && CheckpointNames.StepOf(words[0]) is { } step
                && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture,
                out var metric))
            {
                entries.Add((step, metric));
            }
        }

        return entries;
    }

    public static string Spell(IEnumerable<(long Step, double Metric)> entries) =>
        string.Concat(entries.Select(entry =>
        string.Create(
            CultureInfo.InvariantCulture, $"{CheckpointNames.OfStep(entry.Step)} {entry.Metric:R}\n")));
}
