using System.Buffers.Binary;
using System.Text;
using Atelier.Training.Telemetry;

namespace Atelier.Training.Tests.Telemetry;

/// <summary>One event as read back.</summary>
internal sealed record ReadEvent(
    double WallTime, long Step, string? Version, bool SessionStart, Dictionary<string, float> Scalars,
        Dictionary<string, byte[]> Images);

/// <summary>
/// Reads event files by the published format, apart from the writer's code; checks both CRCs of each record.
/// </summary>
internal static class EventFileReader
{
    public static List<ReadEvent> Read(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        var events = new List<ReadEvent>();
        while (bytes.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            Assert.Equal(Masked(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            var payload = bytes.Slice(12, length);
            Assert.Equal(Masked(payload), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            events.Add(Event(payload));
            bytes = bytes[(16 + length)..];
        }

        return events;
    }

    /// <summary>
    /// Fields of a message: number, varint or fixed bits, and bytes of a length-delimited one.
    /// </summary>
    public static List<(int Field, ulong Bits, byte[] Bytes)> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<(int, ulong, byte[])>();
        while (message.Length > 0)
        {
            var key = (int)Varint(ref message);
            switch (key & 7)
            {
                case 0:
                    fields.Add((key >> 3, Varint(ref message), []));
                    break;
                case 1:
                    fields.Add((key >> 3, BinaryPrimitives.ReadUInt64LittleEndian(message), []));
                    message = message[8..];
                    break;
                case 5:
                    fields.Add((key >> 3, BinaryPrimitives.ReadUInt32LittleEndian(message), []));
                    message = message[4..];
                    break;
                default:
                    var length = (int)Varint(ref message);
                    fields.Add((key >> 3, 0, message[..length].ToArray()));
                    message = message[length..];
                    break;
            }
        }

        return fields;
    }

    private static ReadEvent Event(ReadOnlySpan<byte> payload)
    {
        var read = new ReadEvent(0, 0, null, false, [], []);
        foreach (var (field, bits, bytes) in Fields(payload))
        {
            read = field switch
            {
                1 => read with { WallTime = BitConverter.UInt64BitsToDouble(bits) },
                2 => read with { Step = (long)bits },
                3 => read with { Version = Encoding.UTF8.GetString(bytes) },
                7 => read with { SessionStart = Fields(bytes) is [(1, 1, _)] },
                _ => read,
            };
            if (field != 5)
                continue;
            foreach (var value in Fields(bytes).Select(entry => Fields(entry.Bytes)))
            {
                var tag = Encoding.UTF8.GetString(value.Single(part => part.Field == 1).Bytes);
                foreach (var part in value)
                {
                    if (part.Field == 2)
                        read.Scalars[tag] = BitConverter.UInt32BitsToSingle((uint)part.Bits);
                    if (part.Field == 4)
                        read.Images[tag] = part.Bytes;
                }
            }
        }

        return read;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }

    // Bit by bit, from the reversed Castagnoli polynomial: another way to the same number than the writer's.
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
        }

        crc = ~crc;
        return (crc >> 15 | crc << 17) + 0xa282ead8;
    }
}
