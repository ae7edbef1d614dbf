using System.Buffers.Binary;

namespace Atelier.Tests;

/// <summary>Bends the bytes of a file in the ways that break readers: turned bits, numbers at their edges,
/// parts that are missing, doubled or moved.</summary>
internal sealed class ByteMutator(int seed, byte[]? favourites = null)
{
    private static readonly long[] Edges =
    [
        0, 1, -1, 2, 7, 8, 255, 256, 511, 512, 4095, 4096, 65535, 65536, int.MaxValue, int.MinValue,
        uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue, long.MaxValue - 511,
    ];

    private readonly Random random = new(seed);

    /// <summary>A copy with one to four changes.</summary>
    public byte[] Bend(byte[] original)
    {
        var bytes = (byte[])original.Clone();
        for (var change = random.Next(1, 5); change > 0 && bytes.Length > 0; change--)
            bytes = Change(bytes);
        return bytes;
    }

    private byte[] Change(byte[] bytes)
    {
        var at = random.Next(bytes.Length);
        var span = Math.Min(random.Next(1, 17), bytes.Length - at);
        switch (random.Next(10))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 3 or 4:
                PutNumber(bytes.AsSpan(at));
                return bytes;
            case 5 when favourites is not null:
                bytes[at] = favourites[random.Next(favourites.Length)];
                return bytes;
            case 5 or 6:
                bytes.AsSpan(random.Next(bytes.Length - span + 1), span).ToArray().CopyTo(bytes, at);
                return bytes;
            case 7:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + span)];
            case 8:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at, span), .. bytes.AsSpan(at)];
            default:
                return random.Next(3) == 0 ? bytes[..at] : [.. bytes.AsSpan(0, at), (byte)random.Next(256),
                    .. bytes.AsSpan(at)];
        }
    }

    private void PutNumber(Span<byte> target)
    {
        Span<byte> eight = stackalloc byte[8];
        var edge = Edges[random.Next(Edges.Length)] + (random.Next(4) == 0 ? random.Next(-3, 4) : 0);
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(eight, edge);
        else
            BinaryPrimitives.WriteInt64BigEndian(eight, edge);
        var width = Math.Min(1 << random.Next(4), target.Length);
        eight[..width].CopyTo(target);
    }
}
