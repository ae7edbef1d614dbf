namespace Atelier.Metrics;

/// <summary>What is known of a trained backbone; written into its file.</summary>
public sealed record BackboneCard
{
    /// <summary>Names of the classes in the order of the logits.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Content hash of the images it learnt from.</summary>
    public required string TrainHash { get; init; }

    /// <summary>Content hash of the images it was tested on.</summary>
    public required string TestHash { get; init; }

    /// <summary>Share of test images classified rightly, 0 to 1.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Seed of weights, order and augmentation.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Passes over the training images.</summary>
    public required int Epochs { get; init; }

    /// <summary>The command that repeats the training.</summary>
    public required string Command { get; init; }
}
