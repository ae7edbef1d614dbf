using Atelier.IO;

namespace Atelier.Torch.Safetensors;

/// <summary>
/// Writes safetensors files whose bytes equal those of the format's own serializer: tensors sorted by element
/// type
/// (the widest first), then by name; the header padded with spaces to a multiple of 8.
/// </summary>
public static partial class SafetensorsWriter
{
    /// <summary>
    /// Writes a file whole or not at all: beside its place, synced, renamed, and its folder synced.
    /// </summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    /// <param name="tensors">The tensors in any order.</param>
    /// <param name="metadata">
    /// Free text for the header, or null for none; written in the order of the keys.
    /// </param>
    /// <param name="payload">Called once for each tensor, in the order of the file.</param>
    /// <exception cref="AtelierException">
    /// Names or shapes that no reader would take (Checkpoint), a payload of the wrong length (Bug), or the
    /// disk (Disk).
    /// </exception>
    public static void Write(
        string path,
        IReadOnlyList<SafetensorsDeclaration> tensors,
        IReadOnlyDictionary<string, string>? metadata,
        SafetensorsPayload payload)
    {
        var plan = SafetensorsPlan.Make(tensors, metadata);
        AtomicFile.Write(path, stream => Write(stream, plan, payload), plan.FileBytes);
    }

    /// <summary>Writes to a stream, front to back; the stream need not seek, and stays open.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="tensors">The tensors in any order.</param>
    /// <param name="metadata">
    /// Free text for the header, or null for none; written in the order of the keys.
    /// </param>
    /// <param name="payload">Called once for each tensor, in the order of the file.</param>
    /// <exception cref="AtelierException">
    /// Names or shapes that no reader would take (Checkpoint), or a payload of the wrong length (Bug).
    /// </exception>
    public static void Write(
        Stream stream,
        IReadOnlyList<SafetensorsDeclaration> tensors,
        IReadOnlyDictionary<string, string>? metadata,
        SafetensorsPayload payload) => Write(stream, SafetensorsPlan.Make(tensors, metadata), payload);

    private static void Write(Stream stream, SafetensorsPlan plan, SafetensorsPayload payload)
    {
        stream.Write(plan.Header);
        foreach (var (index, entry) in plan.Order)
        {
            using var bounded = new BoundedStream(stream, entry);
            payload(index, entry, bounded);
            bounded.Finish();
        }
    }
}
