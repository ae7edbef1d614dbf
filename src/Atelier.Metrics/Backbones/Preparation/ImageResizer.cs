using Atelier.Data.Resizing;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Resizes batches of images the way a metric's protocol names. Every image and channel is resized by itself,
/// in a fixed order of sums, so neither batch size nor thread count changes a bit.
/// </summary>
public sealed class ImageResizer
{
    private readonly ImageResizing kind;
    private readonly Resizer floats;
    private readonly EightBitResizer bytes;

    /// <summary>Creates a resizer.</summary>
    /// <param name="kind">Which way.</param>
    /// <param name="filter">The filter of <see cref="ImageResizing.Friendly"/>; the others have their
    /// own.</param>
    public ImageResizer(ImageResizing kind, ResizeFilter filter = ResizeFilter.Bilinear)
    {
        this.kind = kind;
        floats = new Resizer(ResizeFilter.Bicubic);
        bytes = new EightBitResizer(filter);
    }

    /// <summary>Its name in protocols: <c>clean</c>, <c>legacy</c>, <c>friendly-bilinear</c>.</summary>
    public string Name => kind switch
    {
        ImageResizing.Clean => "clean",
        ImageResizing.Legacy => "legacy",
        _ => "friendly-" + bytes.Filter.ToString().ToLowerInvariant(),
    };

    /// <summary>Resizes images; images of the right size come back as they are.</summary>
    /// <param name="images">float32 [N, C, H, W] in [-1, 1].</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <returns>float32 [N, C, height, width]; the cubic of Clean overshoots -1 and 1, as Pillow's
    /// does.</returns>
    public Tensor Resize(Tensor images, int height, int width)
    {
        if (images.Size(2) == height && images.Size(3) == width) return images;
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        return scope.Keep(kind switch
        {
            ImageResizing.Legacy => images.UpsampleBilinear2d([height, width], alignCorners: false),
            ImageResizing.Clean => Planes<float>(images, height, width, floats.Resize),
            _ => PixelRange.FromBytes(
                Planes<byte>(PixelRange.ToBytes(images), height, width, bytes.Resize), images.Device),
        });
    }

    private static Tensor Planes<T>(Tensor images, int height, int width, PlaneResize<T> resize)
        where T : unmanaged
    {
        var (rows, columns) = ((int)images.Size(2), (int)images.Size(3));
        var source = images.ToArray<T>();
        var planes = source.Length / (rows * columns);
        var result = new T[planes * height * width];
        var options = new ParallelOptions { MaxDegreeOfParallelism = TorchRuntime.ThreadCount };
        Parallel.For(0, planes, options, plane => resize(
            source.AsSpan(plane * rows * columns, rows * columns), columns, rows, 1, width, height,
            result.AsSpan(plane * height * width, height * width)));
        return Tensor.FromArray<T>(result, images.Size(0), images.Size(1), height, width)
            .To(images.Device, images.DType);
    }

    private delegate void PlaneResize<T>(
        ReadOnlySpan<T> pixels, int sourceWidth, int sourceHeight, int channels, int width, int height,
        Span<T> result);
}
