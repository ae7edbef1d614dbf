namespace Atelier.Torch.Safetensors;

/// <summary>
/// The rule that the tensors tile the data: from 0, no hole, no overlap, to the last byte of the file.
/// </summary>
internal static class SafetensorsLayout
{
    /// <summary>Sorts the entries by their bytes and checks the rule.</summary>
    /// <exception cref="AtelierException">The rule is broken (Checkpoint).</exception>
    public static void Check(List<SafetensorsEntry> entries, long dataLength, long fileLength, string source)
    {
        // Two empty tensors may share both offsets; the name makes their order certain.
        entries.Sort(static (a, b) =>
        {
            var order = a.Begin.CompareTo(b.Begin);
            if (order == 0)
                order = a.End.CompareTo(b.End);
            return order == 0 ? string.CompareOrdinal(a.Name, b.Name) : order;
        });

        var next = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin > next)
            {
                throw SafetensorsHeader.Damaged(
                    source, $"bytes {next} to {entry.Begin} of its data, before tensor "
                    + $"{SafetensorsLimits.Quote(entry.Name)}, belong to no tensor");
            }

            if (entry.Begin < next)
            {
                throw SafetensorsHeader.Damaged(
                    source,
                    $"tensor {SafetensorsLimits.Quote(entry.Name)} starts at byte {entry.Begin} of the "
                    + $"data, inside the one before it, which ends at {next}");
            }

            CheckSize(entry, source);
            next = entry.End;
        }

        if (next > dataLength)
        {
            throw SafetensorsHeader.Damaged(source, $"the file ends at byte {fileLength}, its tensors need "
                + $"{(Int128)fileLength - dataLength + next}: incomplete copy");
        }

        if (next < dataLength)
        {
            throw SafetensorsHeader.Damaged(
                source, $"{dataLength - next} bytes after its last tensor belong to no tensor");
        }
    }

    private static void CheckSize(SafetensorsEntry entry, string source)
    {
        var needed = SafetensorsLimits.ByteCount(entry.Shape, entry.DType)
            ?? throw SafetensorsHeader.Damaged(
                source, $"the shape [{string.Join(", ", entry.Shape)}] of tensor "
                + $"{SafetensorsLimits.Quote(entry.Name)} has more bytes than a file can hold");
        if (entry.End < entry.Begin || entry.ByteCount != needed)
        {
            throw SafetensorsHeader.Damaged(
                source, $"tensor {SafetensorsLimits.Quote(entry.Name)}, {entry.DType.FileName()} "
                + $"[{string.Join(", ", entry.Shape)}], needs {needed} bytes, and its offsets "
                + $"[{entry.Begin}, {entry.End}] hold {entry.ByteCount}");
        }
    }
}
