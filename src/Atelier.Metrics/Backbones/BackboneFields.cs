using System.Globalization;
using System.Text.Json;

namespace Atelier.Metrics;

/// <summary>The free text of a backbone's header, read strictly.</summary>
internal sealed class BackboneFields(string path, IReadOnlyDictionary<string, string> metadata)
{
    public string Text(string key) =>
        metadata.TryGetValue(key, out var value)
            ? value
            : throw new AtelierException(
                FailureKind.Checkpoint,
                $"{path} is no backbone of Atelier: its header lacks '{key}'. Make one with 'atelier "
                + "backbone train'.");

    public int Integer(string key) =>
        int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Damaged(key);

    public BackboneCard Card()
    {
        string[]? names;
        try
        {
            names = JsonSerializer.Deserialize(Text("classes"), BackboneJson.Default.StringArray);
        }
        catch (JsonException)
        {
            throw Damaged("classes");
        }

        if (names is null || names.Contains(null)) throw Damaged("classes");
        if (!double.TryParse(Text("test_accuracy"), CultureInfo.InvariantCulture, out var accuracy))
            throw Damaged("test_accuracy");
        if (!ulong.TryParse(Text("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            throw Damaged("seed");
        return new BackboneCard
        {
            ClassNames = names,
            TrainHash = Text("train_hash"),
            TestHash = Text("test_hash"),
            TestAccuracy = accuracy,
            Seed = seed,
            Epochs = Integer("epochs"),
            Command = Text("command"),
        };
    }

    private AtelierException Damaged(string key) => new(
        FailureKind.Checkpoint,
        $"{path} is damaged: '{key}' in its header is '{Text(key)}'. Take another copy.");
}
