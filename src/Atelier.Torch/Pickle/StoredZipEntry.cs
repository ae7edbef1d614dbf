namespace Atelier.Torch.Pickle;

/// <summary>One uncompressed entry of a zip archive.</summary>
/// <param name="Name">The whole name, with '/' between folders.</param>
/// <param name="HeaderOffset">First byte of its local header.</param>
/// <param name="DataOffset">First byte of its data.</param>
/// <param name="Length">Bytes of its data.</param>
/// <param name="Crc">The CRC-32 that the archive states.</param>
/// <param name="HasDescriptor">Whether sizes and CRC follow the data once more.</param>
internal sealed record StoredZipEntry(
    string Name, long HeaderOffset, long DataOffset, long Length, uint Crc, bool HasDescriptor);
