using System.Globalization;

namespace Atelier.Data.Trees;

/// <summary>Makes classes of labels that are written as text.</summary>
internal static class LabelTable
{
    /// <summary>
    /// When all labels are whole numbers, they are the labels, and the classes are named 0, 1, … up to the
    /// highest. Otherwise they are names, and the classes are these in ordinal order.
    /// </summary>
    /// <param name="tree">What to refuse.</param>
    /// <param name="texts">One label each.</param>
    /// <returns>Class names, and an index into them for each text.</returns>
    /// <exception cref="AtelierException">Kind Dataset: a number above the bound, a name that is no class
    /// name, or too many classes.</exception>
    public static (IReadOnlyList<string> Names, int[] Labels) Of(FileTree tree, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0 && texts.All(static text => text.Length > 0 && text.All(char.IsAsciiDigit)))
            return Numbers(tree, texts);
        var names = texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (names.Find(static name => !PackedFormat.IsClassName(name)) is { } bad)
            throw tree.Refuse($"has the label {Text.UntrustedText.Quote(bad)}, which is no class name: "
                + PackedFormat.ClassNameRule);
        if (names.Count > PackedFormat.MaxClasses)
            throw TooMany(tree, names.Count);
        var places = names.Select(static (name, index) => (name, index))
            .ToDictionary(static pair => pair.name, static pair => pair.index, StringComparer.Ordinal);
        return (names, [.. texts.Select(text => places[text])]);
    }

    /// <summary>The names 0, 1, … of so many classes.</summary>
    public static IReadOnlyList<string> NumberNames(int count)
        => [.. Enumerable.Range(0, count).Select(static i => i.ToString(CultureInfo.InvariantCulture))];

    private static (IReadOnlyList<string> Names, int[] Labels) Numbers(
        FileTree tree, IReadOnlyList<string> texts)
    {
        var labels = new int[texts.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            if (!int.TryParse(texts[i], NumberStyles.None, CultureInfo.InvariantCulture, out labels[i])
                || labels[i] >= PackedFormat.MaxClasses)
                throw TooMany(tree, texts[i]);
        }

        return (NumberNames(labels.Max() + 1), labels);
    }

    private static AtelierException TooMany(FileTree tree, object found)
        => tree.Refuse(FormattableString.Invariant(
            $"has the label or as many as {found} classes; at most {PackedFormat.MaxClasses} are kept"));
}
