namespace Atelier.Metrics;

/// <summary>Parameters of the precision-recall curve of features. The defaults are those of the authors'
/// program.</summary>
public sealed record PrecisionRecallOptions
{
    /// <summary>K, states into which the features of both sets together are clustered, at least 2.</summary>
    public int Clusters { get; init; } = 20;

    /// <summary>Points of the curve, at least 3.</summary>
    public int Angles { get; init; } = PrecisionRecallCurve.StandardAngles;

    /// <summary>Clusterings from different starts whose curves are averaged, at least 1.</summary>
    public int Runs { get; init; } = 10;

    /// <summary>Decides the starts.</summary>
    public ulong Seed { get; init; }
}
