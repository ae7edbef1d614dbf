using System.Buffers.Binary;
using System.IO.Compression;

namespace Atelier.Data.Tests.Support;

/// <summary>Writes IDX files.</summary>
internal static class IdxMaker
{
    public static byte[] Make(byte[] values, params int[] dimensions)
    {
        var file = new byte[4 + (4 * dimensions.Length) + values.Length];
        (file[2], file[3]) = (8, (byte)dimensions.Length);
        for (var i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * i)), dimensions[i]);
        values.CopyTo(file, 4 + (4 * dimensions.Length));
        return file;
    }

    public static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, true))
            gzip.Write(content);
        return memory.ToArray();
    }

    /// <summary>
    /// 7 training and 3 test images of 3 rows by 2, image i filled with 10 i + 1, 2, ...; labels i mod 10
    /// from 4 on.
    /// </summary>
    public static void WriteFolder(TemporaryFolder folder, string name)
    {
        folder.Write($"{name}/train-images-idx3-ubyte.gz", Gzip(Make(Images(0, 7), 7, 3, 2)));
        folder.Write($"{name}/train-labels-idx1-ubyte", Make([4, 5, 6, 7, 8, 9, 0], 7));
        folder.Write($"{name}/t10k-images-idx3-ubyte", Make(Images(7, 3), 3, 3, 2));
        folder.Write($"{name}/t10k-labels-idx1-ubyte.gz", Gzip(Make([1, 2, 3], 3)));
    }

    private static byte[] Images(int first, int count)
        => [.. Enumerable.Range(0, 6 * count).Select(i => (byte)((10 * (first + (i / 6))) + (i % 6) + 1))];
}
