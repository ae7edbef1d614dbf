using Atelier.Data;
using Atelier.Data.Resizing;
using Atelier.Gan;

namespace Atelier.Cli.Work;

/// <summary>Shapes of images between the datasets and the models.</summary>
internal static class PackShape
{
    /// <summary>The shape of a dataset's images.</summary>
    public static ImageShape Of(PackedDataset dataset) => new(dataset.Height, dataset.Width);

    /// <summary>How a source is packed to a shape.</summary>
    public static PackOptions Options(ImageShape shape) =>
        new() { Size = new ImageSize(shape.Width, shape.Height) };
}
