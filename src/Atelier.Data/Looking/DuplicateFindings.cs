using System.Globalization;

namespace Atelier.Data;

/// <summary>
/// What duplicates mean: a leak between splits, equal images of two classes, or mere repetition.
/// </summary>
internal static class DuplicateFindings
{
    public static IEnumerable<Finding> Of(DatasetCheckReport report, bool lookedForNear)
    {
        var (equal, near) = (report.Duplicates.Where(group => group.Equal).ToList(),
            report.Duplicates.Where(group => !group.Equal).ToList());
        yield return Leak(equal, FindingSeverity.Bad, "leak", "are in", " too");
        if (lookedForNear)
            yield return Leak(near, FindingSeverity.Warning, "near-leak", "look like images of");
        yield return Repeated(equal, "duplicates", "are equal to another one");
        if (lookedForNear) yield return Repeated(near, "near-duplicates", "look like another one");
        var disagreeing = equal.Count(group => group.Disagrees);
        yield return disagreeing == 0
            ? new Finding(FindingSeverity.Ok, "labels", "no equal images have different classes")
            : new Finding(FindingSeverity.Warning, "labels",
                Text($"groups of equal images with more than one class: {disagreeing}"));
    }

    private static Finding Leak(List<DuplicateGroup> groups, FindingSeverity severity, string kind,
        string verb, string after = "")
    {
        // The first split of a group is the one that is trained on: "train" comes before "test" and "val".
        var leaks = groups.Where(group => group.Leaks)
            .SelectMany(group => group.Images.Where(image => image.Split != group.Images[0].Split)
                .Select(image => (From: group.Images[0].Split, To: image.Split)))
            .GroupBy(pair => pair).ToList();
        return leaks.Count == 0
            ? new Finding(FindingSeverity.Ok, kind, kind == "leak"
                ? "no image is in two splits" : "no images of two splits look alike")
            : new Finding(severity, kind, string.Join("; ", leaks.Select(pair =>
                $"images of {pair.Key.To} that {verb} {pair.Key.From}{after}: " + Text($"{pair.Count()}"))));
    }

    private static Finding Repeated(List<DuplicateGroup> groups, string kind, string verb)
    {
        var images = groups.Sum(group => group.Images.Count - 1);
        return images == 0
            ? new Finding(FindingSeverity.Ok, kind, $"no images {verb}")
            : new Finding(FindingSeverity.Warning, kind,
                Text($"images that {verb}: {images}, in {groups.Count} groups"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
