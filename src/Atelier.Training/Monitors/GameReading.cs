namespace Atelier.Training.Monitors;

/// <summary>How the two networks stood against each other at a look.</summary>
/// <param name="AccuracyReal">Share of training images that D calls real (logit above 0).</param>
/// <param name="AccuracyHeldOut">The same of images that D never trained on; null without such a
/// split.</param>
/// <param name="AccuracyFake">Share of generated images that D calls generated (logit below 0).</param>
/// <param name="LogitReal">Mean logit of the training images.</param>
/// <param name="LogitHeldOut">Mean logit of the held-out images; null without such a split.</param>
/// <param name="LogitFake">Mean logit of the generated images.</param>
/// <param name="PixelDiversity">Mean distance of two generated images of one class with different latents,
/// over that of two training images of one class; root mean square over pixels. 0: the latent has no effect;
/// about 1: as varied as the data.</param>
/// <param name="FeatureDiversity">The same in D's last features; NaN where D's features are the same for all
/// real images.</param>
public sealed record GameReading(
    double AccuracyReal, double? AccuracyHeldOut, double AccuracyFake,
    double LogitReal, double? LogitHeldOut, double LogitFake,
    double PixelDiversity, double FeatureDiversity)
{
    /// <summary>
    /// What D has learnt by heart: its accuracy on training images less that on held-out ones (section 4.2).
    /// </summary>
    public double? MemorisationGap => AccuracyReal - AccuracyHeldOut;
}
