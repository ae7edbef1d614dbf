namespace Atelier.Training.Recipes;

/// <summary>What is asked of the networks besides winning the game.</summary>
/// <param name="Orthogonal">Rows of weights that are unlike each other.</param>
/// <param name="R1">A discriminator that is flat at real images.</param>
/// <param name="DropoutKeep">Share of the discriminator's last features that are kept in training.</param>
/// <param name="SingularValues">Bounds on the generator's weights.</param>
public sealed record RegularisationSettings(
    OrthogonalSettings Orthogonal, R1Settings R1, double DropoutKeep, SingularValueSettings SingularValues);
