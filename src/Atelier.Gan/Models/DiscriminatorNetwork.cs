using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>A discriminator, class-conditional or not.</summary>
public abstract class DiscriminatorNetwork : Module
{
    /// <summary>
    /// Drops some of the last features while training (BigGAN paper, section 4.2); null for none. Who trains
    /// sets it: it is no part of the weights.
    /// </summary>
    public Dropout? FeatureDropout { get; set; }

    /// <summary>Judges images.</summary>
    /// <param name="images">[N, C, H, W] in [-1, 1].</param>
    /// <param name="classes">Class ids [N], int64.</param>
    public abstract DiscriminatorOutput Discriminate(Tensor images, Tensor classes);

    /// <summary>The last features as the layers behind them see them.</summary>
    /// <param name="features">[N, F].</param>
    protected Tensor Drop(Tensor features) =>
        IsTraining && FeatureDropout is { } dropout ? dropout.Forward(features) : features;
}
