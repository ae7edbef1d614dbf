using System.Collections;
using Atelier.Cli.Application;
using Atelier.Cli.Parsing;
using Atelier.Training.Recipes;

namespace Atelier.Cli.Work;

/// <summary>Settles a recipe from its file, the environment, --set and flags.</summary>
internal static class RecipeWork
{
    /// <summary>Finds and settles a recipe.</summary>
    /// <exception cref="AtelierException">There is no such recipe, or a value is wrong; all faults are told
    /// at once.</exception>
    public static ResolvedRecipe Resolve(
        AtelierHome home, string nameOrFile, IReadOnlyList<RecipeOverride> overrides) =>
        RecipeResolver.ResolveFile(home.Recipes.Find(nameOrFile), Of(overrides));

    /// <summary>Settles the recipe that a run was started with, under new overrides.</summary>
    public static ResolvedRecipe ResolveRun(string path, IReadOnlyList<RecipeOverride> overrides) =>
        RecipeResolver.ResolveFile(path, Of(overrides));

    private static RecipeOverrides Of(IReadOnlyList<RecipeOverride> overrides)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            if (entry is { Key: string name, Value: string value }
                && name.StartsWith("ATELIER_", StringComparison.Ordinal))
                environment[name] = value;
        // ATELIER_STEPS is the short spelling of ATELIER_TRAINING__STEPS.
        foreach (var item in overrides.Where(
            static o => o.Origin.StartsWith("ATELIER_", StringComparison.Ordinal)))
            environment.TryAdd(
                "ATELIER_" + item.Key.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant(),
                item.Value);
        return new RecipeOverrides
        {
            Environment = environment,
            Set =
            [
                .. overrides.Where(static o => o.Origin == "--set").Select(static o => $"{o.Key}={o.Value}"),
            ],
            Flags =
            [
                .. overrides
                    .Where(static o =>
                        o.Origin.StartsWith("--", StringComparison.Ordinal) && o.Origin != "--set")
                    .Select(static o => new FlagOverride(o.Origin, o.Key, o.Value)),
            ],
        };
    }
}
