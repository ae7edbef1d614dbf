using Atelier.Data.Decoding;

namespace Atelier.Data.Arrays;

/// <summary>The shape of the images of an array, and the order of their bytes.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Channels">1 grey, 3 RGB, 4 RGB and alpha.</param>
/// <param name="IsPlanar">True for [C, H, W], false for [H, W, C].</param>
internal readonly record struct ImageShape(int Height, int Width, int Channels, bool IsPlanar)
{
    /// <summary>Bytes of one image.</summary>
    public int Bytes => Height * Width * Channels;

    /// <summary>The shape that the sizes behind the count speak of: [H, W], [H, W, C] or [C, H, W].</summary>
    /// <returns>Null when there is no way to read them as an image of 1, 3 or 4 channels. When both ways are
    /// possible, channels come last.</returns>
    /// <exception cref="BadImageException">The image is beyond <see cref="ImageLimits"/>.</exception>
    public static ImageShape? Of(ReadOnlySpan<long> sizes)
    {
        ImageShape? shape = sizes switch
        {
            [var h, var w] => Checked(h, w, 1, false),
            [var h, var w, 1 or 3 or 4] => Checked(h, w, sizes[2], false),
            [1 or 3 or 4, var h, var w] => Checked(h, w, sizes[0], true),
            _ => null,
        };
        return shape;
    }

    /// <summary>An image's bytes with channels last, whatever order they came in.</summary>
    public byte[] Interleaved(byte[] bytes)
    {
        if (!IsPlanar || Channels == 1) return bytes;
        var pixels = GC.AllocateUninitializedArray<byte>(bytes.Length);
        var plane = Height * Width;
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var i = 0; i < plane; i++)
                pixels[(i * Channels) + channel] = bytes[(channel * plane) + i];
        }

        return pixels;
    }

    private static ImageShape Checked(long height, long width, long channels, bool isPlanar)
    {
        ImageLimits.Check(width, height);
        return new ImageShape((int)height, (int)width, (int)channels, isPlanar);
    }
}
