namespace Atelier.IO.Zip;

/// <summary>One entry of a zip archive; its local header has been compared with the directory.</summary>
/// <param name="Name">The whole name, with '/' between folders; a folder's ends with one.</param>
/// <param name="HeaderOffset">First byte of its local header.</param>
/// <param name="DataOffset">First byte of its data.</param>
/// <param name="Length">Bytes of its content.</param>
/// <param name="PackedLength">Bytes of its data in the archive.</param>
/// <param name="Crc">The CRC-32 of the content that the archive states.</param>
/// <param name="IsDeflated">Whether the data is deflated; stored otherwise.</param>
/// <param name="HasDescriptor">Whether sizes and CRC follow the data once more.</param>
public sealed record ZipEntry(
    string Name, long HeaderOffset, long DataOffset, long Length, long PackedLength, uint Crc,
    bool IsDeflated, bool HasDescriptor)
{
    /// <summary>Whether this is a folder.</summary>
    public bool IsFolder => Name.EndsWith('/');
}
