using System.Buffers;
using System.Text;

namespace Atelier.Text;

/// <summary>Finds the name that a mistyped word most likely meant: "did you mean …?".</summary>
/// <remarks>
/// Distance is the optimal string alignment form of Damerau and Levenshtein (insert, delete, replace, swap of
/// two neighbours, each 1), on names folded to lower case with '-', '_' and '.' taken as equal.
/// </remarks>
public static class Suggestion
{
    private const int LongestWord = 256;

    /// <summary>Counts the edits between two words, exactly as they are written.</summary>
    /// <returns>0 when they are equal; never more than the longer word's length.</returns>
    public static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var width = right.Length + 1;
        var rented = ArrayPool<int>.Shared.Rent(3 * width);
        try
        {
            var beforeLast = rented.AsSpan(0, width);
            var last = rented.AsSpan(width, width);
            var current = rented.AsSpan(2 * width, width);
            for (var j = 0; j < width; j++) last[j] = j;

            for (var i = 1; i <= left.Length; i++)
            {
                current[0] = i;
                for (var j = 1; j < width; j++)
                {
                    var replace = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                    var best = Math.Min(replace, Math.Min(last[j], current[j - 1]) + 1);
                    if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                        best = Math.Min(best, beforeLast[j - 2] + 1);
                    current[j] = best;
                }

                var spare = beforeLast;
                beforeLast = last;
                last = current;
                current = spare;
            }

            return last[right.Length];
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>The candidates near enough to be meant, nearest first, ties in their own order.</summary>
    /// <param name="word">The word as the user wrote it.</param>
    /// <param name="candidates">The names that would have been right.</param>
    /// <param name="limit">The most names to return, 1 or more.</param>
    public static IReadOnlyList<string> Closest(string word, IEnumerable<string> candidates, int limit = 1)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);

        var folded = Fold(word);
        if (folded.Length is 0 or > LongestWord) return [];

        return [.. candidates
            .Select(name => (Name: name, Score: Score(folded, Fold(name))))
            .Where(pair => pair.Score < int.MaxValue)
            .OrderBy(pair => pair.Score)
            .Select(pair => pair.Name)
            .Distinct(StringComparer.Ordinal)
            .Take(limit)];
    }

    /// <summary>A question to end an error sentence with: " Did you mean 'x'?", or an empty string.</summary>
    /// <param name="word">The word as the user wrote it.</param>
    /// <param name="candidates">The names that would have been right.</param>
    public static string DidYouMean(string word, IEnumerable<string> candidates) =>
        Closest(word, candidates) is [var best] ? $" Did you mean '{best}'?" : string.Empty;

    // Smaller is nearer. Edits count double, so that a long prefix ("steps" for "step") ranks just behind one
    // typo.
    private static int Score(string word, string name)
    {
        if (name.Length is 0 or > LongestWord) return int.MaxValue;

        var edits = Distance(word, name);
        if (edits <= Allowed(Math.Max(word.Length, name.Length))) return 2 * edits;
        return word.Length >= 3 && name.StartsWith(word, StringComparison.Ordinal) ? 5 : int.MaxValue;
    }

    // A third of the word may be wrong, but a short word must keep a letter that was meant.
    private static int Allowed(int length) =>
        length switch { <= 1 => 0, <= 3 => 1, <= 5 => 2, <= 11 => 3, _ => length / 3 };

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
            folded.Append(letter is '_' or '.' ? '-' : char.ToLowerInvariant(letter));
        return folded.ToString();
    }
}
