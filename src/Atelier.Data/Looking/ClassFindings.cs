using System.Globalization;

namespace Atelier.Data;

/// <summary>What the sizes of the classes mean for training.</summary>
internal static class ClassFindings
{
    private const int Named = 5;

    /// <summary>Counts the images of the first split, which is the one that is trained on.</summary>
    public static IEnumerable<Finding> Of(ImageSource source, ImageWalk walk, CheckOptions options)
    {
        if (walk.Splits.Count == 0)
        {
            yield return new Finding(FindingSeverity.Bad, "balance", "there are no images");
            yield break;
        }

        var counts = new int[source.ClassNames.Count];
        var split = walk.Splits[0];
        for (var index = split.Start; index < split.Start + split.Count; index++)
        {
            if (!walk.IsBad(index)) counts[source.LabelOf(index)]++;
        }

        var (least, most) = (counts.Min(), counts.Max());
        yield return least > 0 && most <= options.MostImbalance * least
            ? new Finding(FindingSeverity.Ok, "balance",
                Text($"classes of {split.Name} have {least} to {most} images"))
            : new Finding(FindingSeverity.Warning, "balance",
                Text($"classes of {split.Name} have {least} to {most} images: the largest ")
                + "will be drawn most and the smallest learnt worst");
        var small = Enumerable.Range(0, counts.Length).Where(c => counts[c] < options.LeastOfClass)
            .OrderBy(c => counts[c]).ToList();
        yield return small.Count == 0
            ? new Finding(FindingSeverity.Ok, "small-classes",
                Text($"every class of {split.Name} has at least {options.LeastOfClass} images"))
            : new Finding(FindingSeverity.Warning, "small-classes",
                Text($"classes of {split.Name} with fewer than {options.LeastOfClass} images: ")
                + Text($"{small.Count}, ")
                + string.Join(", ", small.Take(Named).Select(
                    c => Text($"{source.ClassNames[c]} {counts[c]}")))
                + (small.Count > Named ? ", ..." : ""));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
