using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A network of Atelier's own that learns to tell classes apart.</summary>
internal abstract class Classifier(SmallClassifierShape shape) : Module
{
    /// <summary>The sizes that it was made with.</summary>
    public SmallClassifierShape Shape { get; } = shape;

    /// <summary>Its name in files and protocols.</summary>
    public abstract string ArchitectureName { get; }

    /// <summary>D, features of an image.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>Creates a network with its first weights.</summary>
    /// <exception cref="AtelierException">A size is out of its range (Usage).</exception>
    public static Classifier Create(SmallClassifierShape shape, Generator generator) => shape.Design switch
    {
        ClassifierDesign.Plain => new SmallClassifier(shape, generator),
        ClassifierDesign.Whitened => new WhitenedClassifier(shape, generator),
        _ => throw new AtelierException(
            FailureKind.Bug, $"The design {shape.Design} of a classifier is not known here."),
    };

    /// <summary>The design of a name in a file; null when no design has it.</summary>
    public static ClassifierDesign? DesignOf(string architectureName) => architectureName switch
    {
        SmallClassifier.Name => ClassifierDesign.Plain,
        WhitenedClassifier.Name => ClassifierDesign.Whitened,
        _ => null,
    };

    /// <summary>The name of a design in files and protocols.</summary>
    public static string NameOf(ClassifierDesign design) =>
        design == ClassifierDesign.Whitened ? WhitenedClassifier.Name : SmallClassifier.Name;

    /// <param name="images">float32 [N, C, S, S] in [-1, 1].</param>
    /// <returns>Features [N, D] and logits [N, K].</returns>
    public abstract BackboneOutput Forward(Tensor images);

    /// <summary>Sets what is taken from the images once, before the first step.</summary>
    /// <param name="images">What will be learnt from.</param>
    public virtual void Prepare(IImageSet images)
    {
    }
}
