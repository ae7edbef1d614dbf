using System.Buffers.Binary;
using System.Numerics;

namespace Atelier.Training.Telemetry;

/// <summary>
/// TFRecord framing: u64 length, masked CRC of the length, payload, masked CRC of the payload; little-endian.
/// </summary>
public static class RecordFraming
{
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>Writes one record.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Mask(Crc32C(header[..8])));
        Span<byte> footer = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, Mask(Crc32C(payload)));
        stream.Write(header);
        stream.Write(payload);
        stream.Write(footer);
    }

    /// <summary>CRC-32C (Castagnoli); of the ASCII digits 123456789 it is 0xE3069283.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    /// <summary>TFRecord's mask, so that a CRC of data that holds CRCs stays good.</summary>
    public static uint Mask(uint crc) => BitOperations.RotateRight(crc, 15) + MaskDelta;
}
