using System.Globalization;
using System.Text.Json;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics;

/// <summary>
/// A backbone as one safetensors file. The header's free text holds the architecture, the card and the
/// SHA-256 of the weights, so that a flipped bit is found when it is read.
/// </summary>
internal static class BackboneFile
{
    public const string Format = "atelier-backbone-1";

    public static void Write(string path, SmallClassifierBackbone backbone, IReadOnlyList<NamedTensor> state)
    {
        var invariant = CultureInfo.InvariantCulture;
        var card = backbone.Card;
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["architecture"] = backbone.Name,
            ["blocks"] = backbone.Shape.Blocks,
            ["channels"] = backbone.Shape.Channels.ToString(invariant),
            ["size"] = backbone.Shape.Size.ToString(invariant),
            ["classes"] = JsonSerializer.Serialize([.. card.ClassNames], BackboneJson.Default.StringArray),
            ["train_hash"] = card.TrainHash,
            ["test_hash"] = card.TestHash,
            ["test_accuracy"] = card.TestAccuracy.ToString("R", invariant),
            ["seed"] = card.Seed.ToString(invariant),
            ["epochs"] = card.Epochs.ToString(invariant),
            ["command"] = card.Command,
            ["weights_sha256"] = backbone.Sha256,
        };
        var declarations = state
            .Select(item => new SafetensorsDeclaration(item.Name, SafetensorsDType.F32, item.Tensor.Shape))
            .ToArray();
        SafetensorsWriter.Write(path, declarations, metadata, (index, entry, stream) =>
        {
            var bytes = new byte[entry.ByteCount];
            state[index].Tensor.CopyBytesTo(bytes);
            stream.Write(bytes);
        });
    }

    public static SmallClassifierBackbone Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var fields = new BackboneFields(path, file.Metadata);
        if (fields.Text("format") != Format
            || Classifier.DesignOf(fields.Text("architecture")) is not { } design)
        {
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"{path} is of format '{fields.Text("format")}', architecture "
                + $"'{fields.Text("architecture")}'; expected "
                + $"{Format}, {SmallClassifier.Name} or {WhitenedClassifier.Name}. Make one with 'atelier "
                + "backbone train'.");
        }

        var card = fields.Card();
        using var generator = new Generator(Device.Cpu, 0);
        Classifier network;
        try
        {
            network = Classifier.Create(
                new SmallClassifierShape(
                    fields.Integer("channels"), fields.Integer("size"),
                    card.ClassNames.Count, fields.Text("blocks")) { Design = design },
                generator);
        }
        catch (AtelierException error) when (error.Kind == FailureKind.Usage)
        {
            throw new AtelierException(FailureKind.Checkpoint, $"{path} is damaged: {error.Message}", error);
        }

        try
        {
            Load(file, network);
            var backbone = new SmallClassifierBackbone(network, card);
            return backbone.Sha256 == fields.Text("weights_sha256")
                ? backbone
                : throw new AtelierException(
                    FailureKind.Checkpoint,
                    $"{path} is damaged: its weights have SHA-256 {backbone.Sha256}, and its header says "
                    + $"{fields.Text("weights_sha256")}. Take another copy.");
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static void Load(SafetensorsFile file, Classifier network)
    {
        using var scope = new TensorScope();
        var stored = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var entry in file.Entries)
        {
            if (entry.DType != SafetensorsDType.F32)
            {
                throw new AtelierException(
                    FailureKind.Checkpoint,
                    $"{file.Path} holds {entry}; backbones are F32. It is of another program.");
            }

            var tensor = Tensor.Empty(entry.Shape);
            tensor.CopyBytesFrom(file.ReadBytes(entry.Name));
            stored.Add(entry.Name, tensor);
        }

        network.LoadState(stored);
    }
}
