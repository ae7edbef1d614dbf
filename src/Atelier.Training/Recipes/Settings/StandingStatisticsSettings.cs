namespace Atelier.Training.Recipes;

/// <summary>
/// BatchNorm statistics gathered anew for the averaged weights before sampling (arXiv:1809.11096, 3.3).
/// </summary>
/// <param name="Batches">Forward passes.</param>
/// <param name="BatchSize">Images a pass.</param>
public sealed record StandingStatisticsSettings(int Batches, int BatchSize);
