namespace Atelier.Training.Recipes;

/// <summary>A folder of recipes, <c>NAME.yaml</c> each; the file name is the recipe's name.</summary>
/// <param name="Path">The folder.</param>
public sealed record RecipeFolder(string Path)
{
    private const string Extension = ".yaml";

    /// <summary>Names of the recipes in the folder, sorted; empty where there is no folder.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, "*" + Extension)
            .Select(file => System.IO.Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>
    /// The file of a recipe given by name or by path. Anything with a slash or a <c>.yaml</c> or <c>.yml</c>
    /// ending is a path.
    /// </summary>
    /// <exception cref="AtelierException">
    /// Kind Usage: there is no such recipe; the message has the near name or all names.
    /// </exception>
    public string Find(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(nameOrPath);
        var isPath = nameOrPath.Contains('/', StringComparison.Ordinal)
            || nameOrPath.EndsWith(Extension, StringComparison.Ordinal)
            || nameOrPath.EndsWith(".yml", StringComparison.Ordinal);
        if (isPath)
        {
            return File.Exists(nameOrPath)
                ? nameOrPath
                : throw new AtelierException(
                    FailureKind.Usage,
                    $"there is no recipe file {nameOrPath}; check the path, or give the name of a recipe " +
                    $"in {Path}");
        }

        var names = Names;
        if (names.Contains(nameOrPath, StringComparer.Ordinal))
            return System.IO.Path.Combine(Path, nameOrPath + Extension);
        var hint = NearName.Hint(nameOrPath, names);
        if (hint.Length == 0)
            hint = names.Count == 0 ? $"; {Path} holds none" : $"; there are {string.Join(", ", names)}";
        throw new AtelierException(FailureKind.Usage, $"there is no recipe \"{nameOrPath}\"{hint}");
    }
}
