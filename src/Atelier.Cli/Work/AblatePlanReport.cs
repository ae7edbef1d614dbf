namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier ablate --dry-run</c>.</summary>
/// <param name="Recipe">The recipe that the baseline is made from.</param>
/// <param name="Steps">Steps of each run.</param>
/// <param name="Seeds">Runs of each row.</param>
/// <param name="Rows">Seconds a step of each row.</param>
/// <param name="TrainingMinutes">All training together; scores come on top.</param>
internal sealed record AblatePlanReport(
    string Recipe, long Steps, int Seeds, IReadOnlyList<AblatePlanRow> Rows, double TrainingMinutes);
