namespace Atelier.Training.Recipes;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
public static class NearName
{
    /// <summary>
    /// The candidate nearest to <paramref name="word"/> by Damerau-Levenshtein distance (optimal string
    /// alignment), case
    /// and the choice of dash or underscore ignored; null when none is within 2 edits or a third of the
    /// word's length.
    /// </summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        var folded = Fold(word);
        var limit = Math.Max(2, folded.Length / 3);
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var other = Fold(candidate);
            var distance = Distance(folded, other);

            // A distance as long as the shorter word means that nothing of it was kept: no likeness at all.
            if (distance > limit || distance >= bestDistance
                || distance >= Math.Min(folded.Length, other.Length))
                continue;
            best = candidate;
            bestDistance = distance;
        }

        return best;
    }

    /// <summary>
    /// The words to add to a message: <c>; did you mean "x"?</c>, or nothing when no name is near.
    /// </summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        Find(word, candidates) is { } near ? $"; did you mean \"{near}\"?" : "";

    /// <summary>Edits from one word to the other: insert, delete, replace, or swap two neighbours.</summary>
    public static int Distance(string from, string to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var beforeLast = new int[to.Length + 1];
        var last = new int[to.Length + 1];
        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
            last[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var cost = from[i - 1] == to[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[to.Length];
    }

    private static string Fold(string word) => word.ToLowerInvariant().Replace('-', '_');
}
