using System.Globalization;
using Atelier.Data.Decoding;

namespace Atelier.Data.Resizing;

/// <summary>Brings an image of any shape to one size and writes it as planes, [C, H, W].</summary>
public sealed class ImageFitter
{
    private readonly Resizer resizer;

    /// <summary>Creates a fitter that may be used by many threads at once.</summary>
    /// <param name="size">The size of the result, in pixels.</param>
    /// <param name="fit">How another shape is brought in; not Auto.</param>
    /// <param name="filter">How pixels are weighted.</param>
    public ImageFitter(ImageSize size, ResizeFit fit, ResizeFilter filter)
    {
        if (fit == ResizeFit.Auto)
            throw new ArgumentException("Choose a fit; Auto is for options only.", nameof(fit));
        (Size, Fit) = (size, fit);
        resizer = new Resizer(filter);
    }

    /// <summary>The size of the result, in pixels.</summary>
    public ImageSize Size { get; }

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
        ResizeFit.Letterbox => FilterName + "+letterbox",
        _ => FilterName,
    };

    private string FilterName => resizer.Filter.ToString().ToLowerInvariant();

    /// <summary>Fits one image.</summary>
    /// <param name="image">Pixels [H, W, C].</param>
    /// <param name="planes">C * H * W bytes, written whole.</param>
    /// <exception cref="BadImageException">With Pad: the image is larger than the result.</exception>
    public void Fill(RasterImage image, Span<byte> planes)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (Fit == ResizeFit.Pad && (image.Width > Size.Width || image.Height > Size.Height))
        {
            throw new BadImageException(string.Create(CultureInfo.InvariantCulture,
                $"{image.Width}x{image.Height} pixels do not fit into {Size} by padding"));
        }

        var fitted = Fit switch
        {
            ResizeFit.Pad => image,
            ResizeFit.Stretch => Resize(image, Size),
            ResizeFit.Letterbox => Resize(image, Inside(image)),
            _ => Resize(CropToShape(image), Size),
        };
        WritePlanes(fitted, planes);
    }

    private RasterImage Resize(RasterImage image, ImageSize size)
        => resizer.Resize(image, size.Width, size.Height);

    /// <summary>The largest size of the image's own shape that fits, at least 1 pixel a side.</summary>
    private ImageSize Inside(RasterImage image)
    {
        var (wide, high) = ((long)image.Width * Size.Height, (long)image.Height * Size.Width);
        return wide >= high
            ? new ImageSize(Size.Width, Divide(high, image.Width))
            : new ImageSize(Divide(wide, image.Height), Size.Height);
    }

    private RasterImage CropToShape(RasterImage image)
    {
        var (wide, high) = ((long)image.Width * Size.Height, (long)image.Height * Size.Width);
        var width = wide > high ? Divide(high, Size.Height) : image.Width;
        var height = high > wide ? Divide(wide, Size.Width) : image.Height;
        if (width == image.Width && height == image.Height)
            return image;
        var (left, top) = ((image.Width - width) / 2, (image.Height - height) / 2);
        var channels = image.Channels;
        var pixels = GC.AllocateUninitializedArray<byte>(width * height * channels);
        for (var y = 0; y < height; y++)
        {
            image.Pixels.AsSpan((((top + y) * image.Width) + left) * channels, width * channels)
                .CopyTo(pixels.AsSpan(y * width * channels));
        }

        return new RasterImage(width, height, channels, pixels);
    }

    /// <summary>A quotient rounded to nearest, at least 1.</summary>
    private static int Divide(long number, int divisor)
        => (int)Math.Max(1, ((2 * number) + divisor) / (2L * divisor));

    private void WritePlanes(RasterImage image, Span<byte> planes)
    {
        if (planes.Length != image.Channels * Size.Width * Size.Height)
            throw new ArgumentException("The planes do not fit the image.", nameof(planes));
        var (left, top) = ((Size.Width - image.Width) / 2, (Size.Height - image.Height) / 2);
        if (image.Width != Size.Width || image.Height != Size.Height)
            planes.Clear();
        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var y = 0; y < image.Height; y++)
            {
                var row = planes.Slice((((channel * Size.Height) + top + y) * Size.Width) + left,
                    image.Width);
                var at = (y * image.Width * image.Channels) + channel;
                for (var x = 0; x < row.Length; x++, at += image.Channels)
                    row[x] = image.Pixels[at];
            }
        }
    }
}
