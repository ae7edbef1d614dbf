using Atelier.Gan;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier interpolate</c>.</summary>
internal sealed record InterpolateRequest
{
    /// <summary>A shipped model's name, a file or a run's folder.</summary>
    public required string Model { get; init; }

    /// <summary>"z", "class" or "both".</summary>
    public required string Between { get; init; }

    /// <summary>Class numbers; null for all.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>Rows of the picture; null for one a class, at most ten.</summary>
    public int? Rows { get; init; }

    /// <summary>Pictures of a row.</summary>
    public required int Steps { get; init; }

    /// <summary>The way between latents.</summary>
    public required InterpolationPath Path { get; init; }

    /// <summary>The largest |z|; null for no truncation.</summary>
    public double? Truncation { get; init; }

    /// <summary>The seed of the latents.</summary>
    public required long Seed { get; init; }

    /// <summary>The PNG of the rows, or null.</summary>
    public string? Picture { get; init; }

    /// <summary>The animated PNG, or null.</summary>
    public string? Animation { get; init; }

    /// <summary>Frames of the animation from one end to the other.</summary>
    public required int Frames { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
