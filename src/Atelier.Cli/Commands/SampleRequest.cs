using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier sample</c>; null where nothing was said.</summary>
internal sealed record SampleRequest
{
    /// <summary>A shipped model's name, a file or a run's folder.</summary>
    public required string Model { get; init; }

    /// <summary>Class numbers in the order of the rows.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>Pictures of each class.</summary>
    public int? PerClass { get; init; }

    /// <summary>The largest |z|.</summary>
    public double? Truncation { get; init; }

    /// <summary>The seed of the latents.</summary>
    public required long Seed { get; init; }

    /// <summary>Rows and columns of the picture.</summary>
    public GridSize? Grid { get; init; }

    /// <summary>The PNG to write.</summary>
    public string? Picture { get; init; }

    /// <summary>The file with z and y.</summary>
    public string? Inputs { get; init; }

    /// <summary>Take the generator as it was trained, not its average.</summary>
    public bool Trained { get; init; }

    /// <summary>The file that takes the images as numbers.</summary>
    public string? Raw { get; init; }

    /// <summary>How many images go to <see cref="Raw"/>.</summary>
    public int? Count { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
