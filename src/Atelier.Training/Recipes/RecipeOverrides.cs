namespace Atelier.Training.Recipes;

/// <summary>What stands above the recipe file, weakest first: environment, <c>--set</c>, flags.</summary>
public sealed record RecipeOverrides
{
    /// <summary>Nothing is overridden.</summary>
    public static RecipeOverrides None { get; } = new();

    /// <summary>
    /// Environment variables. <c>ATELIER_TRAINING__BATCH_SIZE</c> sets <c>training.batch_size</c>: two
    /// underscores for a dot.
    /// A name without two underscores counts only when it is a field at the top, so that ATELIER_LIBTORCH is
    /// left alone.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary><c>--set</c> arguments, each <c>key=value</c>; of two for one key the later wins.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Flags with a field of their own.</summary>
    public IReadOnlyList<FlagOverride> Flags { get; init; } = [];
}
