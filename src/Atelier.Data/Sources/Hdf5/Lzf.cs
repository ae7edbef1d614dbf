namespace Atelier.Data.Hdf5;

/// <summary>
/// The LZF format of Marc Lehmann's LibLZF: runs of up to 32 plain bytes, and references of up to 264 bytes
/// into the last 8192.
/// </summary>
internal static class Lzf
{
    /// <summary>Decompresses.</summary>
    /// <returns>False when the data is damaged, or does not fill the target exactly.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var (from, to) = (0, 0);
        while (from < source.Length)
        {
            int control = source[from++];
            if (control < 32)
            {
                var run = control + 1;
                if (run > source.Length - from || run > target.Length - to) return false;
                source.Slice(from, run).CopyTo(target[to..]);
                (from, to) = (from + run, to + run);
                continue;
            }

            var length = control >> 5;
            if (length == 7)
            {
                if (from >= source.Length) return false;
                length += source[from++];
            }

            if (from >= source.Length) return false;
            var back = to - ((control & 0x1F) << 8) - source[from++] - 1;
            length += 2;
            if (back < 0 || length > target.Length - to) return false;
            // Byte by byte: a reference may overlap what it writes.
            for (; length > 0; length--)
                target[to++] = target[back++];
        }

        return to == target.Length;
    }
}
