using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Atelier.Data;

/// <summary>
/// The content hash of a split: SHA-256 over its pixels, its labels (int32 little-endian), each class name
/// (uint32 length, UTF-8), then channels, height, width (uint32) and count (uint64). It does not depend on
/// the rest of the file.
/// </summary>
internal sealed class ContentHasher : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void AppendPixels(ReadOnlySpan<byte> pixels) => hash.AppendData(pixels);

    public string Finish(ReadOnlySpan<int> labels, IReadOnlyList<string> classNames, int channels, int height,
        int width)
    {
        hash.AppendData(LittleEndian(labels));
        Span<byte> number = stackalloc byte[8];
        foreach (var name in classNames)
            AppendText(hash, name);
        foreach (var size in (ReadOnlySpan<int>)[channels, height, width])
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, size);
            hash.AppendData(number[..4]);
        }

        BinaryPrimitives.WriteInt64LittleEndian(number, labels.Length);
        hash.AppendData(number);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// The hash of a whole file from those of its splits: each name (uint32 length, UTF-8) and its 32 bytes.
    /// </summary>
    public static string Combine(IEnumerable<SplitInfo> splits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var split in splits)
        {
            AppendText(hash, split.Name);
            hash.AppendData(Convert.FromHexString(split.ContentHash));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The bytes of labels as they stand in the file.</summary>
    public static ReadOnlySpan<byte> LittleEndian(ReadOnlySpan<int> labels)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(labels);
        var swapped = new int[labels.Length];
        BinaryPrimitives.ReverseEndianness(labels, swapped);
        return MemoryMarshal.AsBytes(swapped.AsSpan());
    }

    public void Dispose() => hash.Dispose();

    private static void AppendText(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[4];
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
