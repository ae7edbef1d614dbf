namespace Atelier.Metrics;

/// <summary>
/// How two sets of features overlap, each number in [0, 1] but density, which may be larger.
/// </summary>
/// <param name="Precision">Share of generated samples inside the real manifold.</param>
/// <param name="Recall">Share of real samples inside the generated manifold.</param>
/// <param name="Density">Mean number of real neighbourhoods that a generated sample lies in, over k.</param>
/// <param name="Coverage">Share of real samples with a generated one inside their neighbourhood.</param>
public sealed record ManifoldScores(double Precision, double Recall, double Density, double Coverage);
