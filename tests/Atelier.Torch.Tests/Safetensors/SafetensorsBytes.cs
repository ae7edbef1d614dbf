using System.Buffers.Binary;
using System.Text;
using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Tests.Safetensors;

/// <summary>Files in memory, right or wrong, for the tests of this folder.</summary>
internal static class SafetensorsBytes
{
    public const string Source = "weights.safetensors";

    public static byte[] File(string header, int dataBytes) =>
        File(Encoding.UTF8.GetBytes(header), dataBytes);

    public static byte[] File(byte[] header, int dataBytes, ulong? statedLength = null)
    {
        var file = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, statedLength ?? (ulong)header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    public static byte[] Written(
        IReadOnlyList<(SafetensorsDeclaration Tensor, byte[] Data)> tensors,
        Dictionary<string, string>? metadata)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream, [.. tensors.Select(t => t.Tensor)], metadata, (i, _, to) => to.Write(tensors[i].Data));
        return stream.ToArray();
    }

    public static string Golden(string name) =>
        Path.Combine(AppContext.BaseDirectory, "Safetensors", "Golden", name);

    public static AtelierException Refused(byte[] file)
    {
        var error = Assert.Throws<AtelierException>(() => SafetensorsHeader.FromBytes(file, Source));
        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains(Source, error.Message, StringComparison.Ordinal);
        return error;
    }
}
