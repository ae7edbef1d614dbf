using Atelier.Cli.Application;
using Atelier.Text;

namespace Atelier.Cli.Commands;

/// <summary>Finds the shipped recipes by name.</summary>
internal static class RecipeFolder
{
    /// <summary>Every shipped recipe, by name.</summary>
    public static IReadOnlyList<RecipeSummary> List(AtelierHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        if (!Directory.Exists(home.Recipes)) return [];
        return [.. Directory.EnumerateFiles(home.Recipes, "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(path =>
                new RecipeSummary(Path.GetFileNameWithoutExtension(path), FirstComment(path), path))];
    }

    /// <summary>The file of a recipe given by name or by path.</summary>
    /// <exception cref="AtelierException">Neither a shipped recipe nor a file has that name (kind
    /// Usage).</exception>
    public static string Find(AtelierHome home, string nameOrFile)
    {
        if (File.Exists(nameOrFile)) return Path.GetFullPath(nameOrFile);
        var all = List(home);
        if (all.FirstOrDefault(recipe => recipe.Name == nameOrFile) is { } found) return found.Path;

        var names = all.Select(recipe => recipe.Name).ToList();
        var meant = Suggestion.DidYouMean(nameOrFile, names);
        var known = meant.Length > 0 || names.Count == 0 ? meant
            : $" The shipped ones are: {string.Join(", ", names)}.";
        throw new AtelierException(FailureKind.Usage,
            $"there is no recipe and no file '{nameOrFile}'.{known}");
    }

    private static string FirstComment(string path)
    {
        var first = File.ReadLines(path).FirstOrDefault(line => line.StartsWith('#')) ?? "";
        return first.TrimStart('#', ' ').TrimEnd();
    }
}
