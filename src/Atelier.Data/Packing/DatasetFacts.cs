namespace Atelier.Data;

/// <summary>
/// What the header of a packed file and the index of a sharded dataset both say about the images.
/// </summary>
internal record DatasetFacts
{
    /// <summary>Images over all splits, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>1 grey, 3 RGB.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of an image.</summary>
    public required int Height { get; init; }

    /// <summary>Pixels in a row.</summary>
    public required int Width { get; init; }

    /// <summary>Class names; labels are indices into them.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The splits, one after another, covering every image.</summary>
    public required IReadOnlyList<SplitInfo> Splits { get; init; }

    /// <summary>SHA-256 in lower-case hex over the names and hashes of all splits.</summary>
    public required string ContentHash { get; init; }

    /// <summary>What brought the images to their size.</summary>
    public required string Resizer { get; init; }

    /// <summary>Where the images came from.</summary>
    public required string Source { get; init; }

    /// <summary>Bad images that were left out.</summary>
    public required int Skipped { get; init; }
}
