using System.Buffers.Binary;
using System.Text;

namespace Atelier.Data.Tests.Support;

/// <summary>Writes CIFAR's batches as they are published, with few images.</summary>
internal static class CifarMaker
{
    public const int ImageBytes = 3072;

    /// <summary>An image whose planes begin with these three values.</summary>
    public static byte[] Image(byte red, byte green, byte blue)
    {
        var image = new byte[ImageBytes];
        (image[0], image[1024], image[2048], image[1]) = (red, green, blue, 77);
        return image;
    }

    /// <summary>A batch as Python 2 pickled it: protocol 2, byte strings for text and for the
    /// array.</summary>
    public static byte[] Pickle(byte[] data, params (string Key, int[] Labels)[] lists)
    {
        var bytes = new List<byte>([0x80, 2]);
        Raw("}q\u0001(U\u0004data");
        Raw("cnumpy.core.multiarray\n_reconstruct\nq\u0002cnumpy\nndarray\nq\u0003K\0\u0085U\u0001b\u0087R");
        Raw("(K\u0001M");
        bytes.AddRange([(byte)(data.Length / ImageBytes), (byte)(data.Length / ImageBytes >> 8)]);
        Raw("M\0\u000c\u0086cnumpy\ndtype\nU\u0002u1K\0K\u0001\u0087R(K\u0003U\u0001|NNNJ");
        bytes.AddRange([255, 255, 255, 255, (byte)'J', 255, 255, 255, 255]);
        Raw("K\0tb\u0089T");
        Length(data.Length);
        bytes.AddRange(data);
        Raw("tb");
        foreach (var (key, labels) in lists)
        {
            Text(key);
            Raw("](");
            foreach (var label in labels)
                bytes.AddRange([(byte)'K', (byte)label]);
            Raw("e");
        }

        Raw("u.");
        return [.. bytes];

        void Raw(string text) => bytes.AddRange(Encoding.Latin1.GetBytes(text));

        void Text(string text)
        {
            bytes.AddRange([(byte)'U', (byte)text.Length]);
            Raw(text);
        }

        void Length(int value)
        {
            Span<byte> four = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(four, value);
            bytes.AddRange(four);
        }
    }

    /// <summary>The pickled lists of class names.</summary>
    public static byte[] Names(params (string Key, string[] Names)[] lists)
    {
        var text = new StringBuilder("\u0080\u0002}(");
        foreach (var (key, names) in lists)
        {
            text.Append('U').Append((char)key.Length).Append(key).Append("](");
            foreach (var name in names)
                text.Append('U').Append((char)name.Length).Append(name);
            text.Append('e');
        }

        return Encoding.Latin1.GetBytes(text.Append("u.").ToString());
    }

    /// <summary>Records of the binary version.</summary>
    public static byte[] Records(params (byte[] Head, byte[] Image)[] records)
        => [.. records.SelectMany(static record => record.Head.Concat(record.Image))];
}
