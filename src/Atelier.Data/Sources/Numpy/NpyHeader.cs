using System.Globalization;
using System.Text;
using Atelier.IO;
using Atelier.Text;

namespace Atelier.Data.Numpy;

/// <summary>
/// The header of an NPY file, versions 1 to 3 (NumPy's numpy.lib.format): a Python dictionary of type, order
/// and shape as text.
/// </summary>
/// <param name="Element">The type without its byte order, as "u1" or "i8".</param>
/// <param name="Shape">The sizes, the slowest first.</param>
/// <param name="DataOffset">Where the values begin, from the start of the file.</param>
internal sealed record NpyHeader(string Element, IReadOnlyList<long> Shape, int DataOffset)
{
    /// <summary>The most bytes that are read for a header.</summary>
    public const int MostBytes = 1 << 16;

    private const int PreludeBytes = 12;
    private const int MostRank = 8;

    /// <summary>Bytes of all values.</summary>
    public long DataBytes => Shape.Aggregate((long)Width, static (total, size) => total * size);

    /// <summary>Bytes of one value.</summary>
    public int Width => Element[1] - '0';

    /// <summary>Whether a file begins as NPY.</summary>
    public static bool Recognises(ReadOnlySpan<byte> prefix)
        => prefix.Length > 6 && prefix[0] == 0x93 && prefix[1..].StartsWith("NUMPY"u8);

    /// <summary>Reads a header.</summary>
    /// <param name="start">The first bytes of the file, up to <see cref="MostBytes"/>.</param>
    /// <param name="refuse">Makes the failure from a clause.</param>
    /// <exception cref="AtelierException">No NPY, or a type or an order that is not read.</exception>
    public static NpyHeader Read(ReadOnlySpan<byte> start, Func<string, AtelierException> refuse)
    {
        if (start.Length < PreludeBytes || start[0] != 0x93 || !start[1..].StartsWith("NUMPY"u8))
            throw refuse("it does not begin as an NPY file");
        var version = start[6];
        if (version is < 1 or > 3)
            throw refuse(FormattableString.Invariant($"it has version {version} of NPY; 1 to 3 are read"));
        var head = version == 1 ? 10 : 12;
        long length = version == 1
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > start.Length - head)
            throw refuse(FormattableString.Invariant(
                $"its header of {length} bytes is cut short or too long"));
        var text = Encoding.Latin1.GetString(start.Slice(head, (int)length));
        return Parse(text, head + (int)length, refuse);
    }

    private static NpyHeader Parse(string text, int offset, Func<string, AtelierException> refuse)
    {
        var words = new NpyWords(text, refuse);
        string? element = null;
        bool? isFortran = null;
        List<long>? shape = null;
        words.Expect('{');
        while (!words.TryTake('}'))
        {
            var key = words.Quoted();
            words.Expect(':');
            switch (key)
            {
                case "descr" when element is null: element = words.Quoted(); break;
                case "fortran_order" when isFortran is null: isFortran = words.Truth(); break;
                case "shape" when shape is null: shape = words.Numbers(MostRank); break;
                default: throw refuse($"its header has the key {UntrustedText.Quote(key)}, or has it twice");
            }

            if (words.TryTake(',')) continue;
            words.Expect('}');
            break;
        }

        words.ExpectEnd();
        if (element is null || isFortran is null || shape is null)
            throw refuse("its header lacks 'descr', 'fortran_order' or 'shape'");
        if (isFortran.Value && shape.Count > 1)
            throw refuse("its values are in Fortran order; save numpy.ascontiguousarray(x)");
        if (element is not ['<' or '|' or '=', 'u' or 'i' or 'f' or 'b', '1' or '2' or '4' or '8']
            || (element[0] != '<' && element[2] != '1'))
            throw refuse($"its values are of the type {UntrustedText.Quote(element)}, which is not read");
        Int128 total = element[2] - '0';
        foreach (var size in shape)
            total = total > long.MaxValue ? total : total * size;
        return total <= long.MaxValue ? new NpyHeader(element[1..], shape, offset)
            : throw refuse(string.Create(CultureInfo.InvariantCulture,
                $"its shape ({string.Join(", ", shape)}) has more than 2^63 bytes"));
    }
}
