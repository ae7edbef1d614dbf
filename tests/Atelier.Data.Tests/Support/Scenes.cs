using Atelier.Data.Decoding;

namespace Atelier.Data.Tests.Support;

/// <summary>Made images that have shapes, as photographs do.</summary>
internal static class Scenes
{
    /// <summary>Twenty-five soft discs on a slope, all from the seed; [side, side, channels].</summary>
    public static RasterImage Make(int seed, int side = 48, int channels = 3)
    {
        var random = new Random(seed);
        var discs = Enumerable.Range(0, 25).Select(_ => (X: random.NextDouble(), Y: random.NextDouble(),
            R: 0.04 + (0.2 * random.NextDouble()), V: Enumerable.Range(0, 3).Select(
                c => random.Next(-120, 120)).ToArray())).ToArray();
        var pixels = new byte[side * side * channels];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = ((i / channels % side) / (double)side, (i / channels / side) / (double)side);
            var value = 100 + (50 * x) - (20 * y);
            foreach (var disc in discs)
            {
                var distance = Math.Pow(x - disc.X, 2) + Math.Pow(y - disc.Y, 2);
                value += disc.V[i % channels] * Math.Exp(-distance / (disc.R * disc.R));
            }

            pixels[i] = (byte)Math.Clamp(value, 0, 255);
        }

        return new RasterImage(side, side, channels, pixels);
    }

    /// <summary>The same with every value off by at most <paramref name="most"/>.</summary>
    public static RasterImage Noisy(RasterImage image, int most, int seed)
    {
        var random = new Random(seed);
        return new RasterImage(image.Width, image.Height, image.Channels, [.. image.Pixels.Select(
            value => (byte)Math.Clamp(value + random.Next(-most, most + 1), 0, 255))]);
    }

    public static RasterImage Flat(byte value, int side = 48, int channels = 3)
        => new(side, side, channels, [.. Enumerable.Repeat(value, side * side * channels)]);
}
