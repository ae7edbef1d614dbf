using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier ablate</c>.</summary>
internal sealed record AblateRequest
{
    /// <summary>The packed dataset.</summary>
    public required string Data { get; init; }

    /// <summary>A shipped recipe's name or a file: the baseline is made from it.</summary>
    public required string Recipe { get; init; }

    /// <summary>Names of the changes.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Each change alone instead of on top of those before it.</summary>
    public bool OneAtATime { get; init; }

    /// <summary>By what the batch grows in the row "batch".</summary>
    public required double BatchFactor { get; init; }

    /// <summary>Runs of each row.</summary>
    public required int Seeds { get; init; }

    /// <summary>Images of each score.</summary>
    public required int Count { get; init; }

    /// <summary>The folder of all runs and of the table.</summary>
    public required string Output { get; init; }

    /// <summary>A backbone's file, or null for the shipped one that fits.</summary>
    public string? Backbone { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }

    /// <summary>Measure a few steps of every row, tell the time, write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>What replaces the recipe's values in every row, weakest first.</summary>
    public required IReadOnlyList<RecipeOverride> Overrides { get; init; }
}
