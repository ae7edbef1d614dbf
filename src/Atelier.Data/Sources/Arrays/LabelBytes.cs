using System.Buffers.Binary;

namespace Atelier.Data.Arrays;

/// <summary>Labels that are whole little-endian numbers of any width.</summary>
internal static class LabelBytes
{
    /// <summary>Reads them.</summary>
    /// <param name="data">Count * width bytes.</param>
    /// <param name="width">Bytes of one: 1, 2, 4 or 8.</param>
    /// <param name="isSigned">Whether they have a sign.</param>
    /// <param name="refuse">Makes the failure from a clause.</param>
    /// <exception cref="AtelierException">One is below 0 or beyond the most classes of a dataset.</exception>
    public static int[] Read(
        ReadOnlySpan<byte> data, int width, bool isSigned, Func<string, AtelierException> refuse)
    {
        var labels = new int[data.Length / width];
        for (var i = 0; i < labels.Length; i++)
        {
            var value = data.Slice(i * width, width);
            var number = width switch
            {
                1 => isSigned ? (sbyte)value[0] : value[0],
                2 => isSigned ? BinaryPrimitives.ReadInt16LittleEndian(value)
                    : BinaryPrimitives.ReadUInt16LittleEndian(value),
                4 => isSigned ? BinaryPrimitives.ReadInt32LittleEndian(value)
                    : BinaryPrimitives.ReadUInt32LittleEndian(value),
                _ => BinaryPrimitives.ReadInt64LittleEndian(value),
            };
            if (number < 0 || number >= PackedFormat.MaxClasses)
                throw refuse(FormattableString.Invariant(
                    $"its label {i} is {number}; labels are 0 to {PackedFormat.MaxClasses - 1}"));
            labels[i] = (int)number;
        }

        return labels;
    }
}
