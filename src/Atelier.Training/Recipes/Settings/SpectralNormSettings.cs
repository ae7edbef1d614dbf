namespace Atelier.Training.Recipes;

/// <summary>Where spectral normalisation holds (arXiv:1802.05957).</summary>
/// <param name="Generator">True where the generator's weights are normalised.</param>
/// <param name="Discriminator">True where the discriminator's weights are normalised.</param>
/// <param name="Eps">Guards the division when a power iteration's vector is normalised.</param>
/// <param name="Iterations">Power iterations a forward pass.</param>
/// <param name="SingularValues">How many of the largest singular values are followed.</param>
public sealed record SpectralNormSettings(
    bool Generator, bool Discriminator, double Eps, int Iterations, int SingularValues);
