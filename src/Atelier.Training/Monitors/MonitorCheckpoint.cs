using System.Text.Json;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Torch.Safetensors;
using Atelier.Training.Checkpoints;

namespace Atelier.Training.Monitors;

/// <summary>The monitors' two files of a checkpoint, so that a resumed run is watched as if never
/// stopped.</summary>
internal static class MonitorCheckpoint
{
    private const string StateFile = "monitors.json";
    private const string TensorFile = "monitors.safetensors";

    /// <summary>The files as they are now.</summary>
    public static IEnumerable<CheckpointPart> Parts(MonitorState state, IEnumerable<NamedTensor> tensors) =>
    [
        new(StateFile, stream => JsonSerializer.Serialize(stream, state, MonitorJson.Default.MonitorState)),
        new(
            TensorFile,
            stream => SafetensorsWriter.Write(stream, [.. tensors.Select(static t => (t.Name, t.Tensor))])),
    ];

    /// <summary>The state that a checkpoint holds; null where it was made without monitors.</summary>
    /// <exception cref="AtelierException">Kind Checkpoint: the file cannot be used.</exception>
    public static MonitorState? ReadState(Checkpoint checkpoint)
    {
        if (!checkpoint.Names.Contains(StateFile)) return null;
        var path = checkpoint.PathOf(StateFile);
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, MonitorJson.Default.MonitorState);
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw new AtelierException(
                FailureKind.Checkpoint, $"'{path}' cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Puts tensors of equal names and shapes back; others begin anew.</summary>
    public static void RestoreTensors(Checkpoint checkpoint, IEnumerable<NamedTensor> targets)
    {
        if (!checkpoint.Names.Contains(TensorFile)) return;
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        using var file = SafetensorsFile.Open(checkpoint.PathOf(TensorFile));
        foreach (var (name, target) in targets)
        {
            if (!file.Names.Contains(name)) continue;
            var source = file.Read(name);
            if (source.Shape.SequenceEqual(target.Shape)) target.CopyInPlace(source);
        }
    }
}
