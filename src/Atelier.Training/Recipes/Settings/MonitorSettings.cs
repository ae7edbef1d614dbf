namespace Atelier.Training.Recipes;

/// <summary>How a run is watched, and what follows from a collapse.</summary>
/// <param name="EverySteps">Steps between two looks; null for no monitors and no sentinel.</param>
/// <param name="Images">Training, held-out and generated images that D is shown at a look, each.</param>
/// <param name="OnCollapse">What a collapse leads to.</param>
/// <param name="RollbackRate">Factor on G's learning rate at each rollback, in (0, 1].</param>
/// <param name="MostRollbacks">Rollbacks of one run; the collapse after the last of them ends it.</param>
public sealed record MonitorSettings(
    int? EverySteps, int Images, CollapseAction OnCollapse, double RollbackRate, int MostRollbacks);
