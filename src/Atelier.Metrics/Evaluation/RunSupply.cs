namespace Atelier.Metrics;

/// <summary>What a run over images can give to its metrics.</summary>
internal static class RunSupply
{
    public static MetricSupply Of(
        IBackbone? backbone, IImageSet real, IImageSet? heldOut, IReadOnlyList<string>? scoredClasses,
        Type? generator)
    {
        var supply = new MetricSupply();
        OfBackbone(supply, backbone, real);
        OfClasses(supply, real, scoredClasses);
        if (heldOut is null)
            supply.Deny(
                MetricNeedsGroups.OfHeldOut,
                "needs real images that training does not see, and the dataset has no test split.");
        if (generator is null)
            supply.Deny(
                MetricNeedsGroups.OfGenerator,
                "is about the way from latents to images, and these images lie there already.");
        else if (!typeof(IMappedGenerator).IsAssignableFrom(generator))
            supply.Deny(
                MetricNeeds.MappedGenerator,
                "is about the space behind a mapping network, and this generator has none.");
        return supply;
    }

    private static void OfBackbone(MetricSupply supply, IBackbone? backbone, IImageSet real)
    {
        if (backbone is null)
        {
            supply.Deny(
                MetricNeedsGroups.OfBackbone,
                "is taken on the features of a backbone, and there is none for these images. Name one with "
                + "--backbone.");
            return;
        }

        if (backbone.ClassNames.Count == 0)
            supply.Deny(
                MetricNeeds.Logits,
                $"needs a classifier's logits, and the backbone '{backbone.Name}' has none.");
        if (!real.ClassNames.SequenceEqual(backbone.ClassNames))
            supply.Deny(
                MetricNeeds.BackboneClasses,
                $"asks whether a class was recognised, but the dataset has {Text(real.ClassNames)} and the "
                + $"backbone {Text(backbone.ClassNames)}. Train a backbone on this dataset.");
    }

    private static void OfClasses(
        MetricSupply supply, IImageSet real, IReadOnlyList<string>? scoredClasses)
    {
        const MetricNeeds Either = MetricNeeds.Labels | MetricNeeds.RealLabels;
        if (real.ClassNames.Count < 2)
            supply.Deny(Either, "needs the class of every image, and the real images have no classes.");
        else if (scoredClasses is { Count: < 2 })
            supply.Deny(Either, "needs the class of every image, and what is scored has no classes.");
        else if (scoredClasses is { } names && !names.SequenceEqual(real.ClassNames))
            supply.Deny(
                Either,
                $"needs images of the same classes, but what is scored has {Text(names)} and the real images "
                + $"{Text(real.ClassNames)}.");
    }

    private static string Text(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "no classes",
        <= 3 => $"the classes {string.Join(", ", names)}",
        _ => $"the classes {string.Join(", ", names.Take(3))} and {names.Count - 3} more",
    };
}
