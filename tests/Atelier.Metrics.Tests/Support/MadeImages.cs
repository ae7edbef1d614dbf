namespace Atelier.Metrics.Tests;

/// <summary>
/// Images of three classes that a small network tells apart: a bright band at the top, in the middle or at
/// the bottom, with noise. Class 2 is rarer than the others.
/// </summary>
internal sealed class MadeImages : IImageSet
{
    private readonly byte[] pixels;
    private readonly int[] labels;

    public MadeImages(int count, int seed, int size = 12, int channels = 1, int? height = null)
    {
        (Height, Width, Channels) = (height ?? size, size, channels);
        var random = new Random(seed);
        pixels = new byte[count * ImageBytes];
        labels = new int[count];
        var length = ImageBytes;
        for (var n = 0; n < count; n++)
        {
            labels[n] = n % 5 == 4 ? 2 : n % 2;
            for (var k = 0; k < length; k++)
            {
                var band = k / Width % Height * 3 / Height;
                pixels[(n * length) + k] = (byte)(random.Next(100) + (band == labels[n] ? 100 : 0));
            }
        }
    }

    public int Count => labels.Length;

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    public int ImageBytes => Channels * Height * Width;

    public IReadOnlyList<string> ClassNames { get; init; } = ["top", "middle", "bottom"];

    public string ContentHash { get; init; } = "made-images";

    public string Resizer { get; init; } = "none";

    /// <summary>How many images were read so far.</summary>
    public int Reads { get; private set; }

    public void CopyImages(ReadOnlySpan<int> indices, Span<byte> destination)
    {
        var length = ImageBytes;
        for (var k = 0; k < indices.Length; k++)
            pixels.AsSpan(indices[k] * length, length).CopyTo(destination.Slice(k * length, length));
        Reads += indices.Length;
    }

    public int Label(int index) => labels[index];
}
