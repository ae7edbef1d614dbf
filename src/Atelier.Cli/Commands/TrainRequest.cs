using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier train</c>.</summary>
internal sealed record TrainRequest
{
    /// <summary>A shipped recipe's name or a file.</summary>
    public required string Recipe { get; init; }

    /// <summary>A packed dataset or a folder of images.</summary>
    public required string Data { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Output { get; init; }

    /// <summary>"auto", or null to begin anew.</summary>
    public string? Resume { get; init; }

    /// <summary>A backbone's file, or null for the shipped one that fits.</summary>
    public string? Backbone { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }

    /// <summary>Check everything, take one step, write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>What replaces the recipe's values, weakest first.</summary>
    public required IReadOnlyList<RecipeOverride> Overrides { get; init; }
}
