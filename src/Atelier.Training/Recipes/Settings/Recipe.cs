using Atelier.Gan;

namespace Atelier.Training.Recipes;

/// <summary>
/// Everything that decides what a training run computes, apart from the dataset. Immutable.
/// </summary>
/// <param name="Name">Short name, used for the run directory.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Data">How images reach the discriminator.</param>
/// <param name="Model">The architecture.</param>
/// <param name="Loss">Name of the adversarial loss.</param>
/// <param name="Training">The optimisation.</param>
/// <param name="StandingStatistics">BatchNorm statistics collected before sampling.</param>
/// <param name="Snapshots">What is written when.</param>
public sealed record Recipe(
    string Name,
    string Description,
    DataSettings Data,
    ModelSettings Model,
    string Loss,
    TrainingSettings Training,
    StandingStatisticsOptions StandingStatistics,
    SnapshotSettings Snapshots);
