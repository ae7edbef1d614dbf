using Atelier.Torch;
using Atelier.Torch.Pickle;

namespace Atelier.Gan.Import;

/// <summary>
/// The weights of one network in a checkpoint of PyTorch. Where the checkpoint is a whole training state, the
/// branch `state_dict` is taken; the prefixes that DataParallel (`module.`) and torch.compile (`_orig_mod.`)
/// put before every name are dropped.
/// </summary>
public sealed class ForeignWeights : IDisposable
{
    private const string Branch = "state_dict.";
    private static readonly string[] Wrappers = ["module.", "_orig_mod."];
    private readonly TorchCheckpoint checkpoint;

    /// <summary>Opens a checkpoint.</summary>
    /// <exception cref="AtelierException">Missing, damaged, more than a state dict, or without tensors
    /// (Checkpoint).</exception>
    public ForeignWeights(string path)
    {
        checkpoint = TorchCheckpoint.Open(path);
        try
        {
            Tensors = Collect();
            Step = checkpoint.Facts.GetValueOrDefault("step") is long step and >= 0 ? step : 0;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>The path as it was given.</summary>
    public string Path => checkpoint.Path;

    /// <summary>The training step that a training state names, else 0.</summary>
    public long Step { get; }

    /// <summary>The tensors by name, without wrappers, in the order of the file. They are read as
    /// float32.</summary>
    public IReadOnlyList<KeyValuePair<string, ForeignTensor>> Tensors { get; }

    /// <inheritdoc/>
    public void Dispose() => checkpoint.Dispose();

    private List<KeyValuePair<string, ForeignTensor>> Collect()
    {
        var entries = checkpoint.Entries.Where(static e => Is(e, Branch)).ToList();
        var cut = entries.Count > 0 ? Branch.Length : 0;
        if (entries.Count == 0) entries = [.. checkpoint.Entries];
        if (entries.Count == 0)
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"{Path} holds no tensors; expected the state dict of a network.");
        while (Wrappers.FirstOrDefault(w => entries.All(e => e.Name.AsSpan(cut).StartsWith(w)))
            is { } wrapper)
            cut += wrapper.Length;
        return [.. entries.Select(e => KeyValuePair.Create(
            e.Name[cut..], new ForeignTensor(e.Name[cut..], e.Shape, () => Read(e))))];
    }

    private static bool Is(TorchEntry entry, string branch) =>
        entry.Name.StartsWith(branch, StringComparison.Ordinal);

    private Tensor Read(TorchEntry entry)
    {
        using var scope = new TensorScope();
        return scope.Keep(checkpoint.Read(entry).To(DType.Float32));
    }
}
