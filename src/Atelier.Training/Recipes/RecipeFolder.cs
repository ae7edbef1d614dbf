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

    /// <summary>What the first comment line of a recipe says it is; empty where there is none.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public string Description(string name) =>
        File.ReadLines(FileOf(name)).FirstOrDefault(static line => line.StartsWith('#'))?.Trim('#', ' ')
            ?? "";

    /// <summary>The file of a recipe of the folder.</summary>
    public string FileOf(string name) => System.IO.Path.Combine(Path, name + Extension);

    /// <summary>The file of a recipe given by name or by path; a file that exists is always meant.</summary>
    /// <exception cref="AtelierException">
    /// Kind Usage: there is no such recipe; the message has the near name or all names.
    /// </exception>
    public string Find(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(nameOrPath);
        if (File.Exists(nameOrPath)) return System.IO.Path.GetFullPath(nameOrPath);
        var names = Names;
        if (names.Contains(nameOrPath, StringComparer.Ordinal)) return FileOf(nameOrPath);
        throw new AtelierException(
            FailureKind.Usage, $"there is no recipe and no file \"{nameOrPath}\"{Hint(nameOrPath, names)}");
    }

    private string Hint(string word, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return $"; {Path} holds no recipes";
        var near = NearName.Hint(word, names);
        return near.Length > 0 ? near : $"; there are {string.Join(", ", names)}";
    }
}
