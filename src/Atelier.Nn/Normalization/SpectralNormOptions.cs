namespace Atelier.Nn;

/// <summary>Spectral normalisation of a weight (Miyato et al. 2018, arXiv:1802.05957).</summary>
/// <param name="Epsilon">The smallest norm, and the smallest singular value, that anything is divided
/// by.</param>
/// <param name="Iterations">Power iterations a forward pass while training; 1 in the paper, and 1 always in
/// evaluation.</param>
/// <param name="SingularValues">How many of the largest singular values are followed; only the first one
/// divides the weight, the others are there to be watched.</param>
public sealed record SpectralNormOptions(double Epsilon = 1e-6, int Iterations = 1, int SingularValues = 1);
