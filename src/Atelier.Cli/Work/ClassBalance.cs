using System.Globalization;
using Atelier.Cli.Output;
using Atelier.Data;

namespace Atelier.Cli.Work;

/// <summary>Classes and their counts as lines with a bar each.</summary>
internal static class ClassBalance
{
    private const int MostShown = 40;
    private const int BarLetters = 24;

    /// <summary>The lines. Of many classes the largest and the smallest are shown.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ClassInfo> classes)
    {
        var total = classes.Sum(item => (long)item.Count);
        var most = classes.Max(item => item.Count);
        var shown = classes;
        if (classes.Count > MostShown)
        {
            var sorted = classes.OrderByDescending(item => item.Count).ThenBy(item => item.Index).ToList();
            shown = [.. sorted.Take(MostShown / 2), .. sorted.TakeLast(MostShown / 2)];
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the {MostShown / 2} largest and the {MostShown / 2} smallest of {classes.Count} classes:");
        }

        var table = TextTable.Lines(["class", "number", "images", "share"], shown.Select(item =>
            (IReadOnlyList<string>)[
                Printable.Text(item.Name), Text(item.Index), Text(item.Count),
                (item.Count / (double)Math.Max(1, total)).ToString("0.00%", CultureInfo.InvariantCulture),
            ])).ToList();
        yield return table[0];
        for (var i = 0; i < shown.Count; i++)
        {
            var letters = (int)Math.Ceiling(shown[i].Count * (double)BarLetters / Math.Max(1, most));
            yield return $"{table[i + 1]}  {new string('#', letters)}".TrimEnd();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
