using System.Buffers.Binary;
using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>A piece of an HDF5 file read from front to back; nothing is read past its end.</summary>
internal ref struct Hdf5Cursor(UntrustedBytes file, ReadOnlySpan<byte> bytes)
{
    /// <summary>An address that means "none".</summary>
    public const long Undefined = -1;

    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => rest.Length;

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>Two bytes.</summary>
    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>Four bytes.</summary>
    public long UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>An address, or <see cref="Undefined"/>.</summary>
    public long Address()
    {
        var address = BinaryPrimitives.ReadInt64LittleEndian(Take(8));
        return address >= Undefined ? address : throw file.Refuse("it has an address above 2^63");
    }

    /// <summary>A length of eight bytes.</summary>
    public long Length()
    {
        var length = BinaryPrimitives.ReadInt64LittleEndian(Take(8));
        return length >= 0 ? length : throw file.Refuse("it has a length above 2^63");
    }

    /// <summary>A number of 1, 2, 4 or 8 bytes.</summary>
    public long Number(int width) => width switch
    {
        1 => Byte(),
        2 => UInt16(),
        4 => UInt32(),
        _ => Length(),
    };

    /// <summary>Four letters that must be there.</summary>
    public void Expect(ReadOnlySpan<byte> signature, string what)
    {
        if (!Take(4).SequenceEqual(signature)) throw file.Refuse($"its {what} is not where it should be");
    }

    /// <summary>So many bytes.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > rest.Length) throw file.Refuse("a part of it is cut short");
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}
