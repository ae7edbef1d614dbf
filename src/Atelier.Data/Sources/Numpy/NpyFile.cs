using Atelier.Data.Arrays;
using Atelier.IO;

namespace Atelier.Data.Numpy;

/// <summary>One array of NumPy, the values read where they lie.</summary>
internal sealed class NpyFile
{
    private readonly UntrustedBytes bytes;
    private readonly long start;
    private readonly NpyHeader header;
    private readonly string name;

    /// <summary>Reads the header.</summary>
    /// <param name="bytes">The file that the array lies in.</param>
    /// <param name="start">First byte of the array's own file.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="AtelierException">No NPY, or not as many values as its shape needs.</exception>
    public NpyFile(UntrustedBytes bytes, long start, long length, string name)
    {
        (this.bytes, this.start, this.name) = (bytes, start, name);
        header = NpyHeader.Read(bytes.Read(start, (int)Math.Min(length, NpyHeader.MostBytes)), Refuse);
        if (header.DataBytes != length - header.DataOffset)
            throw Refuse(FormattableString.Invariant(
                $"its shape ({string.Join(", ", header.Shape)}) of {header.Element} needs ")
                + FormattableString.Invariant(
                    $"{header.DataBytes} bytes, and {length - header.DataOffset} follow its header"));
    }

    /// <summary>The array as images.</summary>
    /// <exception cref="AtelierException">It is not uint8 of [N, H, W], [N, H, W, C] or
    /// [N, C, H, W].</exception>
    public ImageArray Images()
    {
        long[] sizes = [.. header.Shape];
        if (header.Element != "u1" || sizes.Length < 3 || sizes[0] is < 1 or > ArchiveLimits.MaxEntries
            || sizes.AsSpan(1).IndexOfAnyExceptInRange(1, int.MaxValue) >= 0
            || ImageShape.Of(sizes.AsSpan(1)) is not { } shape)
            throw Refuse($"it is {header.Element} ({string.Join(", ", sizes)}); images are u1 (uint8) of "
                + "(N, H, W), (N, H, W, C) or (N, C, H, W) with 1, 3 or 4 channels");
        return new StridedArray(bytes, start + header.DataOffset, shape.Bytes, (int)sizes[0], shape);
    }

    /// <summary>The array as labels.</summary>
    /// <exception cref="AtelierException">It is not whole numbers of (N) or (N, 1), from 0.</exception>
    public int[] Labels()
    {
        if (header.Element[0] is not ('u' or 'i') || header.Shape is not ([_] or [_, 1])
            || header.Shape[0] > ArchiveLimits.MaxEntries)
            throw Refuse($"it is {header.Element} ({string.Join(", ", header.Shape)}); labels are whole "
                + "numbers of (N)");
        var data = bytes.Read(start + header.DataOffset, (int)header.DataBytes);
        return LabelBytes.Read(data, header.Width, header.Element[0] == 'i', Refuse);
    }

    private AtelierException Refuse(string holds) => bytes.Refuse(
        name.Length == 0 ? holds : $"its array '{name}' is of no use: {holds}");
}
