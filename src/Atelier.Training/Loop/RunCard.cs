using Atelier.Gan;

namespace Atelier.Training.Loop;

/// <summary>The card of a run's model files.</summary>
internal static class RunCard
{
    /// <summary>As the session is now.</summary>
    public static ModelCard Of(GanSession session, TrainingRequest request) => new()
    {
        Family = session.Blueprint.Family.Name,
        OptionsJson = session.Blueprint.OptionsJson,
        ClassNames = session.Generator.NamesOf(request.Dataset.ClassNames),
        Step = session.Step,
        Recipe = request.Recipe.Recipe.Name,
        DatasetHash = request.Dataset.Train.ContentHash,
        StandingStatistics = request.Recipe.Recipe.StandingStatistics,
    };
}
