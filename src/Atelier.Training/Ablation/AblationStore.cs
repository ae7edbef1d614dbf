using System.Globalization;
using System.Text.Json;
using Atelier.IO;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;

namespace Atelier.Training.Ablation;

/// <summary>
/// The folder of an ablation: a run's folder for each row and seed, and beside each finished run its result.
/// </summary>
/// <param name="folder">The folder; it need not exist yet.</param>
public sealed class AblationStore(string folder)
{
    private const string ResultName = "result.json";

    /// <summary>Where the run of a row and seed lies.</summary>
    public string RunOf(AblationVariant variant, long seed) => Path.Combine(CellOf(variant, seed), "run");

    /// <summary>The result of a finished run; null when it has yet to be run, or to be run on.</summary>
    /// <param name="variant">The row.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="recipe">What it is to compute.</param>
    /// <param name="datasetHash">Content hash of the training images.</param>
    /// <exception cref="AtelierException">What is there was made by another recipe or on other images
    /// (Preflight), or cannot be read (Checkpoint).</exception>
    public AblationCell? Find(
        AblationVariant variant, long seed, ResolvedRecipe recipe, string datasetHash)
    {
        var path = Path.Combine(CellOf(variant, seed), ResultName);
        if (File.Exists(path))
        {
            var cell = Read(path);
            return cell.RecipeSha256 == recipe.Sha256 && cell.DatasetHash == datasetHash
                ? cell
                : throw Other(CellOf(variant, seed));
        }

        var run = RunOf(variant, seed);
        if (RunFolder.IsRun(run) &&
            RecipeResolver.ResolveFile(RunFolder.Open(run).RecipePath).Sha256 != recipe.Sha256)
            throw Other(CellOf(variant, seed));
        return null;
    }

    /// <summary>Makes the folder in which a run is made.</summary>
    /// <exception cref="AtelierException">The disk refused (Disk).</exception>
    public void Prepare(AblationVariant variant, long seed)
    {
        var cell = CellOf(variant, seed);
        try
        {
            Directory.CreateDirectory(cell);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(error, cell);
        }
    }

    /// <summary>Writes a result, whole or not at all: from then on its run is never run again.</summary>
    public void Write(AblationVariant variant, AblationCell cell)
    {
        byte[] json = [.. JsonSerializer.SerializeToUtf8Bytes(cell, AblationJson.Default.AblationCell), 10];
        AtomicFile.Write(
            Path.Combine(CellOf(variant, cell.Seed), ResultName), stream => stream.Write(json), json.Length);
    }

    private static AblationCell Read(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(path), AblationJson.Default.AblationCell)
                is { } cell)
                return cell;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error.Message);
        }

        throw Unreadable(path, "it is null");
    }

    private static AtelierException Unreadable(string path, string why) => new(
        FailureKind.Checkpoint,
        $"The result '{path}' cannot be read: {why}. Delete it, and its run is scored again.");

    private static AtelierException Other(string cell) => new(
        FailureKind.Preflight,
        $"'{cell}' was made by other settings or on other images than asked for now. Give the settings of " +
        "the first call, or another folder.");

    private string CellOf(AblationVariant variant, long seed) => Path.Combine(
        folder, variant.Name, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"));
}
