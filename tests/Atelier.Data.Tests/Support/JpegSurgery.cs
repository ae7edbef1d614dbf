using System.Buffers.Binary;

namespace Atelier.Data.Tests.Support;

/// <summary>Changes to JPEG files at the level of their segments.</summary>
internal static class JpegSurgery
{
    /// <summary>A block of TIFF data that says one orientation, in either byte order.</summary>
    public static byte[] Exif(int orientation, bool little = true)
    {
        var block = new byte[26];
        if (little)
            "II*\0"u8.CopyTo(block);
        else
            "MM\0*"u8.CopyTo(block);
        Write(4, 8, 4);
        Write(8, 1, 2);
        Write(10, 0x0112, 2);
        Write(12, 3, 2);
        Write(14, 1, 4);
        Write(18, orientation, 2);
        return block;

        void Write(int at, int value, int bytes)
        {
            for (var i = 0; i < bytes; i++)
                block[at + i] = (byte)(value >> (8 * (little ? i : bytes - 1 - i)));
        }
    }

    /// <summary>The file with one more segment at its front.</summary>
    public static byte[] WithSegment(byte[] jpeg, byte marker, byte[] content)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(content.Length + 2));
        return [.. jpeg[..2], 0xFF, marker, .. length, .. content, .. jpeg[2..]];
    }

    /// <summary>The file with an EXIF orientation.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation, bool little = true)
        => WithSegment(jpeg, 0xE1, [.. "Exif\0\0"u8, .. Exif(orientation, little)]);

    /// <summary>Where the first segment of one of these markers begins, at its 0xFF.</summary>
    public static int Find(byte[] jpeg, params byte[] markers)
    {
        for (var at = 2; ; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2)))
        {
            if (markers.Contains(jpeg[at + 1]))
                return at;
        }
    }

    /// <summary>Where the frame header begins, at its 0xFF.</summary>
    public static int Frame(byte[] jpeg) => Find(jpeg, 0xC0, 0xC1, 0xC2);

    /// <summary>The file with one byte of its frame header changed; 0 is the marker's 0xFF.</summary>
    public static byte[] WithFrameByte(byte[] jpeg, int offset, byte value)
    {
        var changed = jpeg.ToArray();
        changed[Frame(jpeg) + offset] = value;
        return changed;
    }

    /// <summary>The file with another size in its frame header.</summary>
    public static byte[] WithSize(byte[] jpeg, int width, int height)
    {
        var changed = jpeg.ToArray();
        var at = Frame(jpeg);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(at + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(at + 7), (ushort)width);
        return changed;
    }

    /// <summary>The file without its segments of one marker.</summary>
    public static byte[] Without(byte[] jpeg, byte marker)
    {
        var kept = new List<byte>(jpeg[..2]);
        var at = 2;
        while (jpeg[at + 1] != 0xDA)
        {
            var next = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
            if (jpeg[at + 1] != marker)
                kept.AddRange(jpeg[at..next]);
            at = next;
        }

        return [.. kept, .. jpeg[at..]];
    }

    /// <summary>The file with its last scan many times over.</summary>
    public static byte[] WithScans(byte[] jpeg, int copies)
    {
        var last = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var scan = jpeg.AsSpan(last..^2);
        var file = new byte[jpeg.Length + (copies * scan.Length)];
        jpeg.AsSpan(..^2).CopyTo(file);
        for (var copy = 0; copy < copies; copy++)
            scan.CopyTo(file.AsSpan(jpeg.Length - 2 + (copy * scan.Length)));
        jpeg.AsSpan(^2..).CopyTo(file.AsSpan(file.Length - 2));
        return file;
    }
}
