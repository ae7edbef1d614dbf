using System.Globalization;
using Atelier.Data.Decoding;

namespace Atelier.Data.Resizing;

/// <summary>Brings an image of any shape into a square and writes it as planes, [C, S, S].</summary>
public sealed class SquareFitter
{
    private readonly Resizer resizer;

    /// <summary>Creates a fitter that may be used by many threads at once.</summary>
    /// <param name="size">The side of the square, in pixels.</param>
    /// <param name="fit">How another shape is brought in; not Auto.</param>
    /// <param name="filter">How pixels are weighted.</param>
    public SquareFitter(int size, ResizeFit fit, ResizeFilter filter)
    {
        if (fit == ResizeFit.Auto)
            throw new ArgumentException("Choose a fit; Auto is for options only.", nameof(fit));
        (Size, Fit) = (size, fit);
        resizer = new Resizer(filter);
    }

    /// <summary>The side of the square, in pixels.</summary>
    public int Size { get; }

    /// <summary>How another shape is brought in.</summary>
    public ResizeFit Fit { get; }

    /// <summary>
    /// What was done, as it stands in the dataset: "pad", "area", "bicubic+stretch"; a part of metric
    /// protocols.
    /// </summary>
    public string Description => Fit switch
    {
        ResizeFit.Pad => "pad",
        ResizeFit.Stretch => FilterName + "+stretch",
        _ => FilterName,
    };

    private string FilterName => resizer.Filter.ToString().ToLowerInvariant();

    /// <summary>Fits one image.</summary>
    /// <param name="image">Pixels [H, W, C].</param>
    /// <param name="planes">C * S * S bytes, written whole.</param>
    /// <exception cref="BadImageException">With Pad: the image is larger than the square.</exception>
    public void Fill(RasterImage image, Span<byte> planes)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (Fit == ResizeFit.Pad && (image.Width > Size || image.Height > Size))
        {
            throw new BadImageException(string.Create(CultureInfo.InvariantCulture,
                $"{image.Width}x{image.Height} pixels do not fit into {Size}x{Size} by padding"));
        }

        var fitted = Fit switch
        {
            ResizeFit.Pad => image,
            ResizeFit.Stretch => resizer.Resize(image, Size, Size),
            _ => resizer.Resize(CropSquare(image), Size, Size),
        };
        WritePlanes(fitted, planes);
    }

    private static RasterImage CropSquare(RasterImage image)
    {
        var side = Math.Min(image.Width, image.Height);
        if (image.Width == image.Height)
            return image;
        var (left, top) = ((image.Width - side) / 2, (image.Height - side) / 2);
        var channels = image.Channels;
        var pixels = GC.AllocateUninitializedArray<byte>(side * side * channels);
        for (var y = 0; y < side; y++)
        {
            image.Pixels.AsSpan((((top + y) * image.Width) + left) * channels, side * channels)
                .CopyTo(pixels.AsSpan(y * side * channels));
        }

        return new RasterImage(side, side, channels, pixels);
    }

    private void WritePlanes(RasterImage image, Span<byte> planes)
    {
        if (planes.Length != image.Channels * Size * Size)
            throw new ArgumentException("The planes do not fit the image.", nameof(planes));
        var (left, top) = ((Size - image.Width) / 2, (Size - image.Height) / 2);
        if (left != 0 || top != 0 || image.Width != Size || image.Height != Size)
            planes.Clear();
        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var y = 0; y < image.Height; y++)
            {
                var row = planes.Slice((((channel * Size) + top + y) * Size) + left, image.Width);
                var at = (y * image.Width * image.Channels) + channel;
                for (var x = 0; x < row.Length; x++, at += image.Channels)
                    row[x] = image.Pixels[at];
            }
        }
    }
}
