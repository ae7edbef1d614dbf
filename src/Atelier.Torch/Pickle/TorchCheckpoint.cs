using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Pickle;

/// <summary>
/// A `.pth` or `.bin` checkpoint of PyTorch, read without Python: in the zip layout and in the one before
/// PyTorch 1.6. Structure and pickle are checked whole at opening; tensors are read on demand. A file that
/// asks for anything but tensors, numbers, texts, dictionaries and lists is refused by the name of what it
/// asks for; nothing in it can be executed, because there is nothing here to execute it.
/// </summary>
public sealed unsafe class TorchCheckpoint : IDisposable
{
    private const int LargestRead = 1 << 30;
    private readonly CheckpointBytes file;
    private readonly ITorchContainer container;
    private readonly HashSet<TorchStorage> verified = [];

    private TorchCheckpoint(CheckpointBytes file)
    {
        this.file = file;
        var start = file.Read(0, (int)Math.Min(file.Length, 16));
        container = start.AsSpan().StartsWith("PK"u8) ? new TorchZip(file)
            : TorchLegacy.Recognises(start) ? new TorchLegacy(file)
            : throw file.Refuse("it begins neither as a zip archive nor as an old file of torch.save");
    }

    /// <summary>The path as it was given.</summary>
    public string Path => file.Path;

    /// <summary>The tensors, in the order of the file.</summary>
    public IReadOnlyList<TorchEntry> Entries => container.Contents.Entries;

    /// <summary>Text, long, double and bool values that stand beside the tensors, by name.</summary>
    public IReadOnlyDictionary<string, object> Facts => container.Contents.Facts;

    /// <summary>Opens a checkpoint and checks all of it but the numbers in its tensors.</summary>
    /// <exception cref="AtelierException">Missing, damaged, or more than a state dict
    /// (Checkpoint).</exception>
    public static TorchCheckpoint Open(string path) => Open(CheckpointBytes.Open(path));

    /// <summary>As the other overload, and takes over the bytes.</summary>
    internal static TorchCheckpoint Open(CheckpointBytes file)
    {
        try
        {
            return new TorchCheckpoint(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads one tensor.</summary>
    /// <returns>A contiguous tensor on the host, owned by the current scope or the caller.</returns>
    /// <exception cref="AtelierException">Its bytes do not have the CRC that the file states, or the file
    /// cannot be read any more (Checkpoint).</exception>
    public Tensor Read(TorchEntry entry)
    {
        var view = entry.View;
        if (!verified.Contains(view.Storage)) container.Verify(view.Storage);
        verified.Add(view.Storage);
        using var scope = new TensorScope();
        using var noGrad = new NoGradScope();
        var row = Tensor.Empty([view.Span], entry.DType);
        Fill(row, container.Locate(view.Storage) + view.Offset * entry.DType.ByteSize(), entry);
        if (view.IsContiguous) return scope.Keep(row.Reshape(view.Shape));
        return scope.Keep(row.AsStrided(view.Shape, view.Strides, 0).Contiguous());
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Fill(Tensor row, long offset, TorchEntry entry)
    {
        var data = (byte*)row.Describe().Data;
        var length = row.NumberOfElements * entry.DType.ByteSize();
        for (var done = 0L; done < length; done += LargestRead)
        {
            var part = new Span<byte>(data + done, (int)Math.Min(LargestRead, length - done));
            file.Read(offset + done, part);
            // What a kernel does with a truth value other than 0 and 1 is not defined.
            if (entry.DType == DType.Bool && part.ContainsAnyExceptInRange((byte)0, (byte)1))
                throw file.Refuse(
                    $"its tensor {SafetensorsLimits.Quote(entry.Name)} of truth values has bytes other " +
                    "than 0 and 1");
        }

        GC.KeepAlive(row);
    }
}
