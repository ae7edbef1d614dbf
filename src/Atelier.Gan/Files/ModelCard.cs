namespace Atelier.Gan;

/// <summary>
/// What a generator's file says of itself: enough to build it and to use it without its dataset or recipe.
/// </summary>
public sealed record ModelCard
{
    /// <summary>Name of the architecture.</summary>
    public required string Family { get; init; }

    /// <summary>The architecture's options, as that family writes them.</summary>
    public required string OptionsJson { get; init; }

    /// <summary>Class names, by id.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The training step of the weights.</summary>
    public long Step { get; init; }

    /// <summary>Name of the recipe that it was trained by.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>Content hash of the dataset that it was trained on.</summary>
    public string DatasetHash { get; init; } = "";

    /// <summary>Batches and batch size that its recipe gathers standing statistics with.</summary>
    public StandingStatisticsOptions StandingStatistics { get; init; } = new();

    /// <summary>
    /// Whether the running statistics in the file are standing ones, gathered without truncation: sampling
    /// without truncation then needs to gather none.
    /// </summary>
    public bool HasStandingStatistics { get; init; }
}
