using Atelier.Gan;
using Atelier.Metrics;

namespace Atelier.Training.Recipes;

/// <summary>
/// The names that other rooms offer to recipes; whoever adds a family, a loss or a metric to its catalogue
/// has added it here.
/// </summary>
/// <param name="Families">Architectures.</param>
/// <param name="Losses">Adversarial losses.</param>
/// <param name="Metrics">Metrics.</param>
/// <param name="Latents">Latent laws.</param>
public sealed record RecipeCatalogues(
    IReadOnlyList<string> Families,
    IReadOnlyList<string> Losses,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> Latents)
{
    /// <summary>What this version of Atelier has.</summary>
    public static RecipeCatalogues Default { get; } = new(
        FamilyCatalogue.Names, LossCatalogue.Names, [.. MetricCatalogue.Names], LatentCatalogue.Names);
}
