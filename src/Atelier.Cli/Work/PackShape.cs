using Atelier.Data;
using Atelier.Gan;

namespace Atelier.Cli.Work;

/// <summary>Shapes of images between the datasets and the models.</summary>
internal static class PackShape
{
    /// <summary>The shape of a dataset's images.</summary>
    public static ImageShape Of(PackedDataset dataset) => new(dataset.Height, dataset.Width);

    /// <summary>How a source is packed to a shape.</summary>
    /// <exception cref="AtelierException">It is no square (Usage).</exception>
    public static PackOptions Options(ImageShape shape) => shape.IsSquare
        ? new PackOptions { Size = shape.Height }
        : throw new AtelierException(
            FailureKind.Usage,
            $"Images of {shape} pixels have to be packed beforehand: atelier data pack --size {shape}");
}
