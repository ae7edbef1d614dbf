namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier neighbours</c>.</summary>
internal sealed record NeighboursRequest
{
    /// <summary>A model, a run's folder, a packed dataset or a folder of images.</summary>
    public required string Target { get; init; }

    /// <summary>The packed dataset of real images.</summary>
    public required string Data { get; init; }

    /// <summary>Look for neighbours in pixels.</summary>
    public required bool ByPixels { get; init; }

    /// <summary>Look for neighbours in a backbone's features.</summary>
    public required bool ByFeatures { get; init; }

    /// <summary>How many images to look up.</summary>
    public required int Count { get; init; }

    /// <summary>Neighbours of each.</summary>
    public required int Neighbours { get; init; }

    /// <summary>Class numbers to sample; null for all.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>The largest |z|; null for no truncation.</summary>
    public double? Truncation { get; init; }

    /// <summary>A backbone's file, or null for the shipped one that fits.</summary>
    public string? Backbone { get; init; }

    /// <summary>The split of the real images, or null for the training images.</summary>
    public string? Reference { get; init; }

    /// <summary>The seed of the samples.</summary>
    public required long Seed { get; init; }

    /// <summary>The picture to write, or null.</summary>
    public string? Picture { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
