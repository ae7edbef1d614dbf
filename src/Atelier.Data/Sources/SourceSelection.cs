namespace Atelier.Data;

/// <summary>Which images of a source are taken, and which of them are kept out of training.</summary>
public sealed record SourceSelection
{
    /// <summary>The classes to take, in the order of their new labels; null for all.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The most images of a class in each split, drawn by the seed; null for all.</summary>
    public int? MaxPerClass { get; init; }

    /// <summary>
    /// The share of each class of "train" that becomes the split "val", in (0, 1); null for none.
    /// </summary>
    public double? HoldOut { get; init; }

    /// <summary>What images are drawn by.</summary>
    public long Seed { get; init; }

    /// <summary>True when all images are taken as they are.</summary>
    public bool IsEverything => Classes is null && MaxPerClass is null && HoldOut is null;
}
