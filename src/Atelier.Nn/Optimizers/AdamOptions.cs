namespace Atelier.Nn;

/// <summary>Adam's settings (Kingma and Ba 2014).</summary>
/// <param name="LearningRate">Step size; BigGAN: 2e-4 for D and 5e-5 for G.</param>
/// <param name="Beta1">Decay of the mean; 0 for BigGAN.</param>
/// <param name="Beta2">Decay of the squared mean; 0.999.</param>
/// <param name="Epsilon">Added to the root of the squared mean.</param>
public sealed record AdamOptions(
    double LearningRate, double Beta1 = 0, double Beta2 = 0.999, double Epsilon = 1e-8);
