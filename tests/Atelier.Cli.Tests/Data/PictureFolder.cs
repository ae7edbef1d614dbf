using System.Globalization;
using Atelier.Data.Decoding;
using Atelier.Data.Pictures;

namespace Atelier.Cli.Tests.Data;

/// <summary>Folders of pictures of noise.</summary>
internal static class PictureFolder
{
    /// <summary>So many pictures in two classes.</summary>
    public static string Make(string path, int count, int side)
    {
        Directory.CreateDirectory(Path.Combine(path, "a"));
        Directory.CreateDirectory(Path.Combine(path, "b"));
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{"ab"[i % 2]}/{i:0000}.png");
            WriteNoise(Path.Combine(path, name), side, side, i);
        }

        return path;
    }

    public static void WriteNoise(string path, int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        PngWriter.Write(path, new RasterImage(width, height, 3, pixels));
    }
}
