namespace Atelier.Training.Monitors;

/// <summary>What the sentinel judges of a look, and keeps.</summary>
public sealed record SentinelLook
{
    /// <summary>Steps finished.</summary>
    public required long Step { get; init; }

    /// <summary>Mean loss of the discriminator over the steps since the look before.</summary>
    public required double LossDiscriminator { get; init; }

    /// <summary>Largest singular value of each weight of G, by layer.</summary>
    public required IReadOnlyDictionary<string, double> Sigma { get; init; }

    /// <summary>See <see cref="GameReading.PixelDiversity"/>.</summary>
    public required double PixelDiversity { get; init; }

    /// <summary>See <see cref="GameReading.FeatureDiversity"/>.</summary>
    public required double FeatureDiversity { get; init; }

    /// <summary>The sentinel's part of a look.</summary>
    public static SentinelLook Of(MonitorReading reading) => new()
    {
        Step = reading.Step,
        LossDiscriminator = reading.LossDiscriminator,
        Sigma = reading.GeneratorSpectra.ToDictionary(
            static s => s.Key, static s => s.Value[0], StringComparer.Ordinal),
        PixelDiversity = reading.Game.PixelDiversity,
        FeatureDiversity = reading.Game.FeatureDiversity,
    };
}
