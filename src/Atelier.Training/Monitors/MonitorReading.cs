namespace Atelier.Training.Monitors;

/// <summary>Everything that one look at a run saw.</summary>
public sealed record MonitorReading
{
    /// <summary>Steps finished.</summary>
    public required long Step { get; init; }

    /// <summary>Mean loss of the discriminator over the steps since the look before.</summary>
    public required double LossDiscriminator { get; init; }

    /// <summary>Three largest singular values of each of G's weights, by layer.</summary>
    public required IReadOnlyDictionary<string, double[]> GeneratorSpectra { get; init; }

    /// <summary>Three largest singular values of each of D's weights, by layer.</summary>
    public required IReadOnlyDictionary<string, double[]> DiscriminatorSpectra { get; init; }

    /// <summary>Norms of G.</summary>
    public required NetworkNorms GeneratorNorms { get; init; }

    /// <summary>Norms of D.</summary>
    public required NetworkNorms DiscriminatorNorms { get; init; }

    /// <summary>D against G, and against images it never saw.</summary>
    public required GameReading Game { get; init; }
}
