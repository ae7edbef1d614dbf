using Atelier.Data;
using Atelier.Data.Resizing;

namespace Atelier.Cli.Parsing;

/// <summary>The size of a dataset's images, written <c>32</c> or <c>64x48</c> (width x height).</summary>
internal static class PictureSize
{
    private const int Least = 4;

    /// <summary>Reads a size; returns null when it fits, else what was expected.</summary>
    public static string? TryParse(string text, out ImageSize? size)
    {
        size = null;
        if (!ImageSize.TryParse(text, out var read) || !Fits(read.Width) || !Fits(read.Height))
            return "a side such as 32, or width x height such as 64x48, "
                + $"each {Least} to {PackOptions.MaxSize}";
        size = read;
        return null;
    }

    private static bool Fits(int side) => side is >= Least and <= PackOptions.MaxSize;
}
