using Atelier.Training.Recipes;

namespace Atelier.Cli.Application;

/// <summary>
/// Where the product's own files lie: ATELIER_HOME, or the first folder above the program that has recipes.
/// </summary>
internal sealed class AtelierHome
{
    /// <summary>Finds the root from the environment and the folder of the running program.</summary>
    public AtelierHome(Func<string, string?> environment, string programFolder)
    {
        Root = environment("ATELIER_HOME") is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : FolderWithRecipes(programFolder) ?? Path.GetFullPath(programFolder);
        Native = environment("ATELIER_NATIVE") is { Length: > 0 } native
            ? Path.GetFullPath(native)
            : Path.Combine(Root, ".build", "native");
    }

    /// <summary>The root folder, absolute.</summary>
    public string Root { get; }

    /// <summary>The folder of libatelier_native.so.</summary>
    public string Native { get; }

    /// <summary>The shipped recipes.</summary>
    public RecipeFolder Recipes => new(Path.Combine(Root, "recipes"));

    /// <summary>The folder of the shipped generators, a <c>.safetensors</c> file each.</summary>
    public string Models => Path.Combine(Root, "models");

    /// <summary>The folder of the shipped evaluation classifiers, a <c>.safetensors</c> file each.</summary>
    public string Backbones => Path.Combine(Root, "models", "backbones");

    private static string? FolderWithRecipes(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "recipes"))) return folder.FullName;
        return null;
    }
}
