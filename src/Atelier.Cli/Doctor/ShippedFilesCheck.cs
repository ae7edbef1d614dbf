using Atelier.Cli.Application;

namespace Atelier.Cli.Doctor;

/// <summary>The demo's dataset, and the recipes, models and backbones that ship with the product.</summary>
/// <param name="home">Where the product lies.</param>
/// <param name="dataset">The folder of Debian's dataset-fashion-mnist.</param>
internal sealed class ShippedFilesCheck(AtelierHome home, string dataset) : IDoctorCheck
{
    /// <summary>Where Debian puts the dataset.</summary>
    public const string FashionFolder = "/usr/share/datasets/fashion-mnist";

    /// <inheritdoc/>
    public IEnumerable<CheckResult> Look()
    {
        yield return Directory.Exists(dataset) && Directory.EnumerateFiles(dataset, "train-images*").Any()
            ? CheckResult.Ok("fashion-mnist", dataset)
            : CheckResult.Warn("fashion-mnist", $"not in {dataset}: the demo has nothing to learn from",
                "Run: sudo apt-get install -y --no-install-recommends dataset-fashion-mnist");
        yield return Folder("recipes", home.Recipes.Path, "*.yaml");
        yield return Folder("models", home.Models, "*.safetensors");
        yield return Folder("backbones", home.Backbones, "*.safetensors");
    }

    private static CheckResult Folder(string name, string folder, string pattern)
    {
        List<string?> found = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, pattern).Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal)]
            : [];
        return found.Count > 0
            ? CheckResult.Ok(name, string.Join(", ", found))
            : CheckResult.Warn(name, $"none in {folder}",
                "Take a whole copy of the repository, or set ATELIER_HOME to one.");
    }
}
