namespace Atelier.Training.Recipes;

/// <summary>One Adam optimiser (arXiv:1412.6980).</summary>
/// <param name="LearningRate">Learning rate before decay.</param>
/// <param name="Beta1">Decay of the first moment, in [0, 1).</param>
/// <param name="Beta2">Decay of the second moment, in [0, 1).</param>
/// <param name="Eps">Added to the root of the second moment.</param>
public sealed record AdamSettings(double LearningRate, double Beta1, double Beta2, double Eps);
