using System.Buffers.Binary;
using System.Text;
using Atelier.IO;

namespace Atelier.Data.Archives;

/// <summary>One block of 512 bytes in front of a tar entry (POSIX.1-1988 ustar, and GNU's and V7's
/// ways).</summary>
internal readonly ref struct TarHeader
{
    /// <summary>Headers and contents begin on multiples of this.</summary>
    public const int BlockBytes = 512;

    private const int NameBytes = 100;
    private const int ChecksumAt = 148;
    private const int PrefixAt = 345;
    private const int PrefixBytes = 155;

    private readonly ReadOnlySpan<byte> block;
    private readonly UntrustedBytes file;

    /// <summary>Checks a block.</summary>
    /// <exception cref="AtelierException">Its checksum is wrong.</exception>
    public TarHeader(UntrustedBytes file, ReadOnlySpan<byte> block)
    {
        this.file = file;
        this.block = block;
        if (!HasChecksum(block))
            throw file.Refuse(
                "it has a tar header with a wrong checksum: it is damaged, or an incomplete copy");
    }

    /// <summary>What the entry is: '0' a file, '5' a folder, and so on.</summary>
    public char Kind => (char)block[156];

    /// <summary>Bytes of content.</summary>
    public long Size => Number(block.Slice(124, 12));

    /// <summary>Whether a block is a tar header.</summary>
    public static bool HasChecksum(ReadOnlySpan<byte> block)
    {
        if (block.Length < BlockBytes || block[..BlockBytes].IndexOfAnyExcept((byte)0) < 0) return false;
        var stated = 0;
        var digits = 0;
        foreach (var value in block.Slice(ChecksumAt, 8))
        {
            if (value is >= (byte)'0' and <= (byte)'7')
            {
                stated = (stated * 8) + (value - '0');
                digits++;
            }
            else if (value is not ((byte)' ' or 0) || (digits > 0 && value is not ((byte)' ' or 0)))
            {
                return false;
            }
            else if (digits > 0)
            {
                break;
            }
        }

        var sum = 8 * ' ';
        for (var i = 0; i < BlockBytes; i++)
            sum += i is >= ChecksumAt and < ChecksumAt + 8 ? 0 : block[i];
        return digits > 0 && sum == stated;
    }

    /// <summary>The name, with the prefix of ustar.</summary>
    public string Name()
    {
        var name = Text(block[..NameBytes]);
        // GNU keeps times where ustar keeps the prefix, and says so by another magic.
        var isPosix = block.Slice(257, 6).SequenceEqual("ustar\0"u8);
        var prefix = isPosix ? Text(block.Slice(PrefixAt, PrefixBytes)) : "";
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return TarName.Decode(file, end < 0 ? field : field[..end]);
    }

    private long Number(ReadOnlySpan<byte> field)
    {
        // GNU writes what does not fit into octal digits as a binary number of 95 bits.
        if ((field[0] & 0x80) != 0)
        {
            var wide = BinaryPrimitives.ReadInt64BigEndian(field[4..]);
            return field[0] == 0x80 && field[1..4].IndexOfAnyExcept((byte)0) < 0 && wide >= 0
                ? wide
                : throw file.Refuse("it has a tar entry of a size below zero or above 2^63");
        }

        var text = Encoding.Latin1.GetString(field).Trim(' ', '\0');
        if (text.Length == 0 || text.Any(static c => c is < '0' or > '7'))
            throw file.Refuse("it has a tar entry whose size is no number");
        return Convert.ToInt64(text, 8);
    }
}
