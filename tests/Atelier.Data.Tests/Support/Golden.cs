using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Atelier.Data.Tests.Support;

/// <summary>The committed fixtures; their README says how each was made.</summary>
internal static class Golden
{
    public const int PictureWidth = 20;
    public const int PictureHeight = 14;

    public static byte[] Read(string name)
        => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name));

    /// <summary>The picture that every fixture shows, RGB.</summary>
    public static byte[] Picture()
    {
        var pixels = new byte[PictureWidth * PictureHeight * 3];
        for (var y = 0; y < PictureHeight; y++)
        {
            for (var x = 0; x < PictureWidth; x++)
            {
                byte[] pixel = x < 8 && y < 6
                    ? [220, 30, 40]
                    : [(byte)(x * 255 / 19), (byte)(y * 255 / 13), (byte)(((x * 7) + (y * 3)) % 200)];
                pixel.CopyTo(pixels, ((y * PictureWidth) + x) * 3);
            }
        }

        return pixels;
    }

    /// <summary>A [1, 3, H, W] tensor of resize.safetensors, as floats.</summary>
    public static (int Height, int Width, float[] Planes) Tensor(string name)
    {
        var file = Read("resize.safetensors");
        var headerBytes = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, headerBytes));
        var entry = header.RootElement.GetProperty(name);
        var shape = entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray();
        var offsets = entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())
            .ToArray();
        var data = file.AsSpan((8 + headerBytes + offsets[0])..(8 + headerBytes + offsets[1]));
        var planes = entry.GetProperty("dtype").GetString() == "F32"
            ? MemoryMarshal.Cast<byte, float>(data).ToArray()
            : data.ToArray().Select(value => (float)value).ToArray();
        return (shape[2], shape[3], planes);
    }

    /// <summary>[C, H, W] to [H, W, C].</summary>
    public static float[] Interleave(float[] planes, int channels)
    {
        var plane = planes.Length / channels;
        return [.. Enumerable.Range(0, planes.Length)
            .Select(i => planes[((i % channels) * plane) + (i / channels)])];
    }
}
