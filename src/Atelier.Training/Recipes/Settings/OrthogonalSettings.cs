using Atelier.Gan;

namespace Atelier.Training.Recipes;

/// <summary>Orthogonal regularisation (BigGAN paper, section 3.1).</summary>
/// <param name="Generator">Strength on the generator's weights; 0 for none.</param>
/// <param name="Discriminator">Strength on the discriminator's weights; 0 for none.</param>
/// <param name="Form">What it asks of a weight's rows.</param>
public sealed record OrthogonalSettings(double Generator, double Discriminator, OrthogonalForm Form);
