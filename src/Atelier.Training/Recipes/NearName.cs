using Atelier.Text;

namespace Atelier.Training.Recipes;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
public static class NearName
{
    /// <summary>
    /// The candidate nearest to <paramref name="word"/> by <see cref="Suggestion.Distance"/>, case and the
    /// choice of dash or underscore ignored; null when none is within 2 edits or a third of the word's
    /// length.
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
            var distance = Suggestion.Distance(folded, other);

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

    private static string Fold(string word) => word.ToLowerInvariant().Replace('-', '_');
}
