using System.Globalization;
using Atelier.Data.Resizing;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Makes what a network takes of images of any size: resized, grey repeated as colour,
/// normalised.</summary>
/// <param name="Channels">1 for grey, 3 for colour.</param>
/// <param name="Size">Height and width that the network takes, in pixels.</param>
/// <param name="Resizing">How images come to this size.</param>
/// <param name="Filter">The filter of <see cref="ImageResizing.Friendly"/>.</param>
/// <param name="Normalisation">The values that the network takes.</param>
public sealed record ImagePreparation(
    int Channels, int Size, ImageResizing Resizing, ResizeFilter Filter, ImageNormalisation Normalisation)
{
    private readonly ImageResizer resizer = new(Resizing, Filter);

    /// <summary>The whole of it for protocols, such as <c>clean;299;symmetric</c> or
    /// <c>friendly-lanczos;299;symmetric</c>.</summary>
    public string Description =>
        string.Create(CultureInfo.InvariantCulture, $"{resizer.Name};{Size};{Normalisation.Name}");

    /// <summary>The same network's preparation with another way of resizing.</summary>
    public ImagePreparation With(ImageResizing resizing) =>
        new(Channels, Size, resizing, Filter, Normalisation);

    /// <summary>Prepares images.</summary>
    /// <param name="images">float32 [N, C, H, W] in [-1, 1] with C of 1 or 3.</param>
    /// <returns>float32 [N, Channels, Size, Size].</returns>
    /// <exception cref="AtelierException">Images of another rank or number of channels (Usage).</exception>
    public Tensor Apply(Tensor images)
    {
        if (images.Rank != 4 || (images.Size(1) != 1 && images.Size(1) != 3)
            || images.Size(1) > Channels)
        {
            throw new AtelierException(
                FailureKind.Usage,
                $"The backbone takes {(Channels == 1 ? "grey" : "grey or colour")} images "
                + $"[N, {(Channels == 1 ? "1" : "1 or 3")}, H, W]; these are "
                + $"[{string.Join(", ", images.Shape)}]. Use a backbone that suits them.");
        }

        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var sized = resizer.Resize(images, Size, Size);
        if (sized.Size(1) < Channels) sized = sized.Expand([-1, Channels, -1, -1]);
        return scope.Keep(Normalise(sized));
    }

    private Tensor Normalise(Tensor images)
    {
        if (ReferenceEquals(Normalisation, ImageNormalisation.Symmetric)) return images;
        var (gains, offsets) = (new float[Channels], new float[Channels]);
        for (var c = 0; c < Channels; c++)
        {
            // p = (x + 1) / 2 of the x in [-1, 1] that is given.
            gains[c] = (float)(0.5 / Normalisation.Deviation[c]);
            offsets[c] = (float)((0.5 - Normalisation.Mean[c]) / Normalisation.Deviation[c]);
        }

        var gain = Tensor.FromArray<float>(gains, 1, Channels, 1, 1).To(images.Device, DType.Float32);
        var offset = Tensor.FromArray<float>(offsets, 1, Channels, 1, 1).To(images.Device, DType.Float32);
        return (images * gain).AddInPlace(offset);
    }
}
