namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier classes</c>.</summary>
internal sealed record ClassesRequest
{
    /// <summary>A shipped model's name, a file or a run's folder.</summary>
    public required string Model { get; init; }

    /// <summary>The packed dataset of real images.</summary>
    public required string Data { get; init; }

    /// <summary>Images of each class.</summary>
    public required int Count { get; init; }

    /// <summary>Images at once; null for the usual number.</summary>
    public int? Batch { get; init; }

    /// <summary>The largest |z|; null for no truncation.</summary>
    public double? Truncation { get; init; }

    /// <summary>A backbone's file, or null for the shipped one that fits.</summary>
    public string? Backbone { get; init; }

    /// <summary>The split of the real images, or null for the training images.</summary>
    public string? Reference { get; init; }

    /// <summary>The seed of the latents.</summary>
    public required long Seed { get; init; }

    /// <summary>The folder for the table and the picture; null to write none.</summary>
    public string? Output { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
