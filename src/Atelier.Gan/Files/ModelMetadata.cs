using System.Globalization;
using System.Text.Json;

namespace Atelier.Gan;

/// <summary>The card of a model file as the free text of its header, and back.</summary>
internal static class ModelMetadata
{
    /// <summary>What a model file's header says of its format.</summary>
    public const string Format = "atelier-generator-1";

    private const string RunningStatistics = "running_statistics";
    private const string Standing = "standing";
    private const int MostClasses = 1_000_000;

    /// <summary>A card, and what the generator's latents are drawn from, as the header of a file.</summary>
    public static Dictionary<string, string> Of(ModelCard card, LatentLaw latent)
    {
        var header = Always(card, latent);
        if (card.HasStandingStatistics) header[RunningStatistics] = Standing;
        return header;
    }

    private static Dictionary<string, string> Always(ModelCard card, LatentLaw latent) =>
        new(StringComparer.Ordinal)
    {
        ["format"] = Format,
        ["family"] = card.Family,
        ["options"] = card.OptionsJson,
        ["classes"] = JsonSerializer.Serialize(card.ClassNames, ModelJson.Default.IReadOnlyListString),
        ["step"] = card.Step.ToString(CultureInfo.InvariantCulture),
        ["recipe"] = card.Recipe,
        ["dataset"] = card.DatasetHash,
        ["standing_statistics"] = string.Create(
            CultureInfo.InvariantCulture,
            $"{card.StandingStatistics.Batches}x{card.StandingStatistics.BatchSize}"),
        ["latent"] = latent.Options.ToJson(),
    };

    /// <summary>The card of a file.</summary>
    /// <exception cref="AtelierException">It is no model's, or damaged.</exception>
    public static ModelCard Read(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("format", out var format) || format != Format)
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"'{path}' holds tensors but no generator: its format is " +
                $"'{format ?? "not given"}', expected " +
                $"'{Format}'. Give a model file, or the folder of a run.");
        return new ModelCard
        {
            Family = Text(path, metadata, "family"),
            OptionsJson = Text(path, metadata, "options"),
            ClassNames = Classes(path, Text(path, metadata, "classes")),
            Step = long.TryParse(Text(path, metadata, "step"), CultureInfo.InvariantCulture, out var step)
                ? step
                : 0,
            Recipe = Text(path, metadata, "recipe"),
            DatasetHash = Text(path, metadata, "dataset"),
            StandingStatistics = StandingOptions(path, Text(path, metadata, "standing_statistics")),
            HasStandingStatistics =
                metadata.TryGetValue(RunningStatistics, out var kind) && kind == Standing,
        };
    }

    /// <summary>What the latents of a file's generator are drawn from.</summary>
    /// <exception cref="AtelierException">The file is damaged.</exception>
    public static LatentLaw Latent(string path, IReadOnlyDictionary<string, string> metadata)
    {
        // Files from before there was a choice.
        if (!metadata.TryGetValue("latent", out var json)) return new NormalLatent();
        try
        {
            return LatentOptions.FromJson(json) is { } options
                ? LatentCatalogue.Create(options)
                : throw Damaged(path, $"its latent law '{json}' cannot be read");
        }
        catch (AtelierException error) when (error.Kind == FailureKind.Usage)
        {
            throw Damaged(path, error.Message);
        }
    }

    private static string Text(string path, IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out var value) ? value : throw Damaged(path, $"its card has no '{key}'");

    private static IReadOnlyList<string> Classes(string path, string json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, ModelJson.Default.IReadOnlyListString)
                is { Count: >= 1 and <= MostClasses } names)
                return names;
        }
        catch (JsonException)
        {
            // Told below, in the same words as an empty list.
        }

        throw Damaged(path, "its list of class names cannot be read");
    }

    private static StandingStatisticsOptions StandingOptions(string path, string text)
    {
        var parts = text.Split('x');
        return parts.Length == 2 &&
            int.TryParse(parts[0], CultureInfo.InvariantCulture, out var batches) &&
            batches is >= 1 and <= 10_000 &&
            int.TryParse(parts[1], CultureInfo.InvariantCulture, out var size) && size is >= 2 and <= 65_536
                ? new StandingStatisticsOptions(batches, size)
                : throw Damaged(path, $"its standing statistics '{text}' cannot be read");
    }

    /// <summary>The failure of a model file.</summary>
    public static AtelierException Damaged(string path, string why) =>
        new(
            FailureKind.Checkpoint,
            $"The model file '{path}' cannot be used: {why}. Fetch or export it again.");
}
