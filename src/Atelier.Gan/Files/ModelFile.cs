using System.Globalization;
using System.Text.Json;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Gan;

/// <summary>A generator with its card in one safetensors file.</summary>
public static class ModelFile
{
    private const string Format = "atelier-generator-1";
    private const int MostClasses = 1_000_000;

    /// <summary>Writes a generator's state and card, to a stream that need not seek.</summary>
    public static void Write(Stream stream, GeneratorNetwork generator, ModelCard card) =>
        SafetensorsWriter.Write(stream, State(generator), Metadata(generator, card));

    /// <summary>Writes a generator's state and card, whole or not at all.</summary>
    public static void Write(string path, GeneratorNetwork generator, ModelCard card) =>
        SafetensorsWriter.Write(path, State(generator), Metadata(generator, card));

    /// <summary>True when a file is a safetensors file with a generator's card.</summary>
    public static bool Recognises(string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var file = SafetensorsFile.Open(path);
            return file.Metadata.TryGetValue("format", out var format) && format == Format;
        }
        catch (AtelierException)
        {
            return false;
        }
    }

    /// <summary>Builds the generator of a file, in evaluation mode, with its card.</summary>
    /// <exception cref="AtelierException">Missing, damaged, or not a generator's file.</exception>
    public static (GeneratorNetwork Generator, ModelCard Card) Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var card = Card(path, file.Metadata);
        using var random = new Generator(Device.Cpu, 0);
        var generator = FamilyCatalogue.Find(card.Family).CreateGenerator(card.OptionsJson, random);
        try
        {
            if (generator.ClassCount != card.ClassNames.Count)
                throw Damaged(
                    path,
                    $"it names {card.ClassNames.Count} classes and its generator has {generator.ClassCount}");
            using var scope = new TensorScope();
            generator.LoadState(file.ReadAll());
            generator.Train(false);
            generator.Latent = Latent(path, file.Metadata);
            return (generator, card);
        }
        catch
        {
            generator.Dispose();
            throw;
        }
    }

    private static List<(string Name, Tensor Tensor)> State(GeneratorNetwork generator) =>
        [.. generator.State().Select(static s => (s.Name, s.Tensor))];

    private static Dictionary<string, string> Metadata(GeneratorNetwork generator, ModelCard card) =>
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
        ["latent"] = generator.Latent.Options.ToJson(),
    };

    private static ModelCard Card(string path, IReadOnlyDictionary<string, string> metadata)
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
            StandingStatistics = Standing(path, Text(path, metadata, "standing_statistics")),
        };
    }

    private static LatentLaw Latent(string path, IReadOnlyDictionary<string, string> metadata)
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

    private static StandingStatisticsOptions Standing(string path, string text)
    {
        var parts = text.Split('x');
        return parts.Length == 2 &&
            int.TryParse(parts[0], CultureInfo.InvariantCulture, out var batches) &&
            batches is >= 1 and <= 10_000 &&
            int.TryParse(parts[1], CultureInfo.InvariantCulture, out var size) && size is >= 2 and <= 65_536
                ? new StandingStatisticsOptions(batches, size)
                : throw Damaged(path, $"its standing statistics '{text}' cannot be read");
    }

    private static AtelierException Damaged(string path, string why) =>
        new(
            FailureKind.Checkpoint,
            $"The model file '{path}' cannot be used: {why}. Fetch or export it again.");
}
