namespace Atelier.Metrics;

/// <summary>How the tensors of a file fit a network.</summary>
/// <param name="Matched">How many fit.</param>
/// <param name="Ignored">Names of the file that features do not need.</param>
/// <param name="Missing">Names that the file lacks.</param>
/// <param name="Unexpected">Names that only the file has.</param>
/// <param name="WrongShape">Names in both whose shapes differ.</param>
public sealed record StateReport(
    int Matched, IReadOnlyList<string> Ignored, IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected, IReadOnlyList<StateShapeDifference> WrongShape)
{
    private const int Shown = 3;

    /// <summary>Whether the file is of this network.</summary>
    public bool IsClean => Missing.Count + Unexpected.Count + WrongShape.Count == 0;

    /// <summary>Compares a file with a network.</summary>
    internal static StateReport Of(
        IReadOnlyList<WeightSlot> slots, StateDict stored, Func<string, bool> isNotNeeded)
    {
        var wanted = slots.Select(static slot => slot.Name).ToHashSet(StringComparer.Ordinal);
        var others = stored.Names.Where(name => !wanted.Contains(name)).ToLookup(isNotNeeded);
        var present = slots.Where(slot => stored.Names.Contains(slot.Name)).ToList();
        var wrong = present.Where(slot => !stored.Shape(slot.Name).SequenceEqual(slot.Shape)).Select(slot =>
            new StateShapeDifference(slot.Name, stored.Shape(slot.Name), slot.Shape)).ToList();
        return new StateReport(
            present.Count - wrong.Count, [.. others[true]],
            [.. slots.Select(static slot => slot.Name).Where(name => !stored.Names.Contains(name))],
            [.. others[false]], wrong);
    }

    /// <summary>The differences in one clause, the first few of each kind by name.</summary>
    public string Differences() => string.Join("; ", new[]
    {
        Part("missing", Missing), Part("unexpected", Unexpected),
        Part("of another shape", [.. WrongShape.Select(static w => w.ToString())]),
    }.Where(static part => part.Length > 0));

    private static string Part(string what, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return "";
        var rest = names.Count > Shown ? ", …" : "";
        return $"{names.Count} {what} ({string.Join(", ", names.Take(Shown))}{rest})";
    }
}
