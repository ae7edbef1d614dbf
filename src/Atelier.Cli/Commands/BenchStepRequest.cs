using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier bench step</c>.</summary>
internal sealed record BenchStepRequest
{
    /// <summary>A shipped recipe's name or a file.</summary>
    public required string Recipe { get; init; }

    /// <summary>What replaces the recipe's values, weakest first.</summary>
    public required IReadOnlyList<RecipeOverride> Overrides { get; init; }

    /// <summary>A dataset, or null for synthetic images.</summary>
    public string? Data { get; init; }

    /// <summary>Classes of synthetic images.</summary>
    public int Classes { get; init; } = BenchArguments.StandardClasses;

    /// <summary>Channels of synthetic images.</summary>
    public int ImageChannels { get; init; } = BenchArguments.StandardChannels;

    /// <summary>Timed steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps before them.</summary>
    public required int WarmUpSteps { get; init; }

    /// <summary>Whether the floor is measured.</summary>
    public bool MeasuresFloor { get; init; } = true;

    /// <summary>Where the trace goes, or null.</summary>
    public string? Profile { get; init; }

    /// <summary>Where the networks are, as it was given; null for the best there is.</summary>
    public string? Device { get; init; }
}
