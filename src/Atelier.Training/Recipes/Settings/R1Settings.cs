namespace Atelier.Training.Recipes;

/// <summary>The R1 gradient penalty on real images (BigGAN paper, section 4.2).</summary>
/// <param name="Gamma">Strength; 0 for none.</param>
/// <param name="Interval">It is added to every so-manieth update of D, so many times as large.</param>
public sealed record R1Settings(double Gamma, int Interval);
