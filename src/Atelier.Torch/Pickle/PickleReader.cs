using System.Text;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Atelier.Torch.Pickle;

/// <summary>The bytes of a pickle from front to back; nothing is read past their end or past a
/// frame's.</summary>
/// <param name="bytes">The pickle, and perhaps more behind it.</param>
/// <param name="refuse">Makes the failure of this file from a clause that says why.</param>
/// <param name="mostText">The most bytes of one string.</param>
internal sealed class PickleReader(
    ReadOnlyMemory<byte> bytes, Func<string, AtelierException> refuse, int mostText = PickleLimits.TextBytes)
{
    private int frameEnd = -1;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>Two bytes, unsigned.</summary>
    public int UInt16() => ReadUInt16LittleEndian(Take(2));

    /// <summary>Four bytes, signed.</summary>
    public int Int32() => ReadInt32LittleEndian(Take(4));

    /// <summary>Four bytes, unsigned.</summary>
    public long UInt32() => ReadUInt32LittleEndian(Take(4));

    /// <summary>Eight bytes of a number with the high byte first.</summary>
    public double BigEndianDouble() => ReadDoubleBigEndian(Take(8));

    /// <summary>A length of eight bytes.</summary>
    public long Length8()
    {
        var length = ReadUInt64LittleEndian(Take(8));
        return length <= long.MaxValue ? (long)length : throw Refuse($"its pickle has a length of {length}");
    }

    /// <summary>A whole number of so many bytes, two's complement, the low byte first; at most 8.</summary>
    public long Long(long count)
    {
        if (count is < 0 or > 8)
            throw Refuse($"its pickle has a whole number of {count} bytes; expected at most 8");
        var digits = Take(count);
        var value = digits.IsEmpty || digits[^1] < 0x80 ? 0L : -1L;
        for (var k = digits.Length - 1; k >= 0; k--) value = (value << 8) | digits[k];
        return value;
    }

    /// <summary>A string of so many bytes of UTF-8.</summary>
    public string Text(long count)
    {
        var text = Blob(count).Span;
        // Python writes lone surrogates too; no name of a tensor has one.
        return System.Text.Unicode.Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text)
            : throw Refuse("its pickle has a string that is not UTF-8");
    }

    /// <summary>So many bytes, as many as a string may have.</summary>
    public ReadOnlyMemory<byte> Blob(long count)
    {
        if (count > mostText)
            throw Refuse($"its pickle has a string of {count} bytes; expected at most {mostText}");
        Take(count);
        return bytes.Slice(Position - (int)count, (int)count);
    }

    /// <summary>A line of printable ASCII, as module and global names are written.</summary>
    public string Line()
    {
        var rest = bytes.Span[Position..];
        var length = rest[..Math.Min(rest.Length, PickleLimits.GlobalNameBytes + 1)].IndexOf((byte)'\n');
        if (length < 0) throw Refuse("its pickle has a global without end");
        var line = Take(length);
        if (line.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            throw Refuse("its pickle has a global whose name is not printable");
        var text = Encoding.ASCII.GetString(line);
        Take(1);
        return text;
    }

    /// <summary>Opens a frame: until its end no opcode may reach over it.</summary>
    public void BeginFrame(long length)
    {
        if (frameEnd >= 0 && Position < frameEnd) throw Refuse("its pickle has a frame inside a frame");
        if (length > bytes.Length - Position)
            throw Refuse(
                $"its pickle has a frame of {length} bytes, and only {bytes.Length - Position} follow");
        frameEnd = Position + (int)length;
    }

    /// <summary>The failure of this file.</summary>
    public AtelierException Refuse(string holds) => refuse(holds);

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > bytes.Length - Position)
            throw Refuse($"its pickle ends in the middle of something, at byte {Position}: incomplete copy");
        if (frameEnd >= 0 && Position < frameEnd && Position + count > frameEnd)
            throw Refuse($"its pickle has a frame that ends in the middle of something, at byte {frameEnd}");
        var taken = bytes.Span.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
