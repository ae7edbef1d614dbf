using System.Buffers.Binary;
using Atelier.IO;

namespace Atelier.Cli.Tests.Import;

/// <summary>Changes numbers inside a checkpoint of torch.save without Python.</summary>
internal static class RewrittenZip
{
    private const uint DirectorySignature = 0x02014b50;
    private const uint DescriptorSignature = 0x08074b50;

    /// <summary>Adds to every number of the largest entry, and mends its checks.</summary>
    public static void ChangeLargestStorage(byte[] file)
    {
        var (at, header, length) = Largest(file);
        var start = header + 30 + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(header + 26)) +
            BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(header + 28));
        for (var k = 0; k < length; k += 4)
        {
            var place = file.AsSpan(start + k);
            BinaryPrimitives.WriteSingleLittleEndian(place, BinaryPrimitives.ReadSingleLittleEndian(place) +
                0.05f);
        }

        var crc = Crc32.Of(file.AsSpan(start, length));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 16), crc);
        Assert.Equal(DescriptorSignature,
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(start + length)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(start + length + 4), crc);
    }

    private static (int At, int Header, int Length) Largest(byte[] file)
    {
        var found = (At: 0, Header: 0, Length: 0);
        for (var at = 0; at + 46 < file.Length; at++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) != DirectorySignature) continue;
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 24));
            if (length > found.Length)
                found = (at, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 42)), length);
        }

        return found;
    }
}
