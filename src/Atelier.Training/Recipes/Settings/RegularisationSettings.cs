namespace Atelier.Training.Recipes;

/// <summary>What is asked of the networks besides winning the game.</summary>
/// <param name="Orthogonal">Rows of weights that are unlike each other.</param>
public sealed record RegularisationSettings(OrthogonalSettings Orthogonal);
