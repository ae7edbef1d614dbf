namespace Atelier.Training.Recipes;

/// <summary>
/// The names that other rooms offer to recipes; whoever adds a loss or a metric adds its name here.
/// </summary>
/// <param name="Families">Architectures.</param>
/// <param name="Losses">Adversarial losses.</param>
/// <param name="Metrics">Metrics.</param>
public sealed record RecipeCatalogues(
    IReadOnlyList<string> Families,
    IReadOnlyList<string> Losses,
    IReadOnlyList<string> Metrics)
{
    /// <summary>What this version of Atelier has.</summary>
    public static RecipeCatalogues Default { get; } = new(["biggan"], ["hinge"], ["fid", "is"]);
}
