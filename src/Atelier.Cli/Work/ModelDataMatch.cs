using Atelier.Data;
using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Text;

namespace Atelier.Cli.Work;

/// <summary>Whether a model, a dataset and a classifier speak of the same images and classes.</summary>
internal static class ModelDataMatch
{
    /// <summary>
    /// Checks a model against the dataset that it is compared with. A model without classes fits any number
    /// of them.
    /// </summary>
    /// <exception cref="AtelierException">Size, channels or number of classes differ (Usage).</exception>
    public static void Check(GeneratorSession session, PackedDataset dataset)
    {
        var generator = session.Generator;
        var model = $"{generator.ImageChannels}x{generator.ImageSize.Height}x{generator.ImageSize.Width}";
        var data = $"{dataset.Channels}x{dataset.Height}x{dataset.Width}";
        if (model != data)
            throw new AtelierException(
                FailureKind.Usage,
                $"The model makes images of {model} and '{dataset.Path}' holds {data}. Pack the source " +
                $"again with 'atelier data pack --size {generator.ImageSize.ToShortText()}', or give the " +
                "dataset that " +
                "the model learnt from.");
        if (HasClasses(session) && generator.ClassCount != dataset.ClassNames.Count)
            throw new AtelierException(
                FailureKind.Usage,
                $"The model has {Counted.Of(generator.ClassCount, "class")} and '{dataset.Path}' has " +
                $"{dataset.ClassNames.Count}. Give the dataset that the model learnt from, or one with " +
                "the same classes.");
    }

    /// <summary>Whether there is more than one class to ask for.</summary>
    public static bool HasClasses(GeneratorSession session) => session.Generator.ClassCount > 1;

    /// <summary>Checks that a model has classes at all.</summary>
    /// <exception cref="AtelierException">It has none, or one (Usage).</exception>
    public static void RequireClasses(GeneratorSession session, string command)
    {
        if (HasClasses(session)) return;
        throw new AtelierException(
            FailureKind.Usage,
            $"The model was made without classes, and 'atelier {command}' is about what they have of each " +
            "other. Give a class-conditional model.");
    }

    /// <summary>Checks a model against the classifier that names the classes of its images.</summary>
    /// <exception cref="AtelierException">Size, channels or classes differ (Usage).</exception>
    public static void Check(GeneratorSession session, IBackbone backbone)
    {
        var generator = session.Generator;
        var (width, height) = generator.ImageSize;
        var takes = backbone.Input;
        if (takes.Channels == generator.ImageChannels && takes.Size == generator.ImageSize &&
            backbone.ClassNames.SequenceEqual(session.Card.ClassNames)) return;
        throw new AtelierException(
            FailureKind.Usage,
            "The classifier knows " +
            $"{Text(takes.Channels, takes.Size.Height, takes.Size.Width, backbone.ClassNames)}, " +
            "the model makes " +
            $"{Text(generator.ImageChannels, height, width, session.Card.ClassNames)}. Train one on the " +
            "model's dataset with 'atelier " +
            "backbone train' and name it with --backbone.");
    }

    private static string Text(int channels, int height, int width, IReadOnlyList<string> classes) =>
        $"{channels}x{height}x{width} images of {Counted.Of(classes.Count, "class")} " +
        $"({string.Join(", ", classes.Take(3))}{(classes.Count > 3 ? ", …" : "")})";
}
