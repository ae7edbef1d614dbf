using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier bench sample</c>.</summary>
internal sealed record BenchSampleRequest
{
    /// <summary>A model or a run, or null for a recipe's generator.</summary>
    public string? Model { get; init; }

    /// <summary>A recipe whose generator is made with random weights, or null for a model.</summary>
    public string? Recipe { get; init; }

    /// <summary>What replaces the recipe's values, weakest first.</summary>
    public required IReadOnlyList<RecipeOverride> Overrides { get; init; }

    /// <summary>Classes of a recipe's generator.</summary>
    public int Classes { get; init; } = BenchArguments.StandardClasses;

    /// <summary>Images of a round.</summary>
    public required int Count { get; init; }

    /// <summary>Images of one pass.</summary>
    public required int Batch { get; init; }

    /// <summary>Timed rounds.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether the heavy operators run in bfloat16.</summary>
    public bool BFloat16 { get; init; }
}
