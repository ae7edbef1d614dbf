namespace Atelier.Metrics;

/// <summary>A network whose weights are published as a state dict.</summary>
public sealed record PublishedNetwork
{
    /// <summary>What the user writes after <c>--backbone</c>, and the name in protocols.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Summary { get; init; }

    /// <summary>Makes it without weights.</summary>
    public required Func<FeatureNetwork> Create { get; init; }

    /// <summary>How images are made ready for it.</summary>
    public required ImagePreparation Preparation { get; init; }

    /// <summary>The files that fit; the first is the one to fetch.</summary>
    public required IReadOnlyList<PublishedWeights> Weights { get; init; }

    /// <summary>Under which terms the weights come, as far as their publishers say.</summary>
    public required string Licence { get; init; }

    /// <summary>Beginnings and ends of names in the published file that features do not need.</summary>
    public IReadOnlyList<string> NotNeeded { get; init; } = [];

    /// <summary>Whether a tensor of the published file has no part in the features.</summary>
    public bool IsNotNeeded(string tensor) =>
        tensor.EndsWith("num_batches_tracked", StringComparison.Ordinal) || NotNeeded.Any(part =>
            tensor.StartsWith(part, StringComparison.Ordinal)
            || tensor.EndsWith(part, StringComparison.Ordinal));
}
