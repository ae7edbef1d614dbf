namespace Atelier.Torch.Safetensors;

/// <content>Tensors out of the file.</content>
public sealed unsafe partial class SafetensorsFile
{
    /// <summary>Reads one tensor straight into its own memory.</summary>
    /// <returns>A contiguous tensor on the host, owned by the current scope or the caller.</returns>
    /// <exception cref="AtelierException">
    /// No such tensor, a type that tensors cannot have, or the file cannot be read (Checkpoint).
    /// </exception>
    public Tensor Read(string name)
    {
        var entry = Entry(name);
        var dtype = entry.DType.ToTensorType() ?? throw new AtelierException(
            FailureKind.Checkpoint,
            $"Tensor {SafetensorsLimits.Quote(name)} of {Path} is {entry.DType.FileName()}, "
            + "and tensors have no such "
            + "type; export it as I64.");
        var tensor = Tensor.Empty(entry.Shape, dtype);
        try
        {
            var data = (byte*)tensor.Describe().Data;
            ReadInto(entry, data, entry.ByteCount);
            if (dtype == DType.Bool)
                CheckBooleans(entry, data);
            GC.KeepAlive(tensor);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Reads every tensor, in the order of the file.</summary>
    /// <returns>Contiguous tensors on the host by name, owned by the current scope or the caller.</returns>
    /// <exception cref="AtelierException">
    /// A type that tensors cannot have, or the file cannot be read (Checkpoint); nothing stays allocated
    /// then.
    /// </exception>
    public IReadOnlyDictionary<string, Tensor> ReadAll()
    {
        var tensors = new Dictionary<string, Tensor>(Entries.Count, StringComparer.Ordinal);
        try
        {
            foreach (var entry in Entries)
                tensors.Add(entry.Name, Read(entry.Name));
            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            throw;
        }
    }

    /// <summary>What a kernel does with a truth value other than 0 and 1 is not defined.</summary>
    private void CheckBooleans(SafetensorsEntry entry, byte* data)
    {
        for (var done = 0L; done < entry.ByteCount; done += LargestRead)
        {
            var part = new ReadOnlySpan<byte>(
                data + done, (int)Math.Min(LargestRead, entry.ByteCount - done));
            if (part.ContainsAnyExceptInRange((byte)0, (byte)1))
            {
                throw SafetensorsHeader.Damaged(
                    Path,
                    $"tensor {SafetensorsLimits.Quote(entry.Name)} is BOOL and has bytes other than 0 and 1");
            }
        }
    }
}
