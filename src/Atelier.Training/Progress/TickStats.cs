using System.Text.Json.Serialization;

namespace Atelier.Training.Progress;

/// <summary>
/// The state of a run at a tick: what the display shows, and one line of <c>stats.jsonl</c>. Means are over
/// the steps since
/// the tick before. NaN and infinities are allowed and written as the words "NaN", "Infinity", "-Infinity".
/// </summary>
public sealed record TickStats
{
    /// <summary>Steps finished.</summary>
    public required long Step { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Real images shown so far.</summary>
    public required long Images { get; init; }

    /// <summary>UTC time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Seconds since this process began to train, pauses included.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Seconds to the end of the run; null while unknown.</summary>
    public double? EtaSeconds { get; init; }

    /// <summary>Real images a second since the last tick, pauses excluded.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Mean loss of the discriminator.</summary>
    [JsonPropertyName("loss_d")]
    public required double LossDiscriminator { get; init; }

    /// <summary>Mean loss of the generator.</summary>
    [JsonPropertyName("loss_g")]
    public required double LossGenerator { get; init; }

    /// <summary>Mean logit of the discriminator on real images.</summary>
    public required double DReal { get; init; }

    /// <summary>Mean logit of the discriminator on generated images.</summary>
    public required double DFake { get; init; }

    /// <summary>Learning rate of the generator.</summary>
    [JsonPropertyName("lr_g")]
    public required double LearningRateGenerator { get; init; }

    /// <summary>Learning rate of the discriminator.</summary>
    [JsonPropertyName("lr_d")]
    public required double LearningRateDiscriminator { get; init; }

    /// <summary>Memory of the process.</summary>
    public required MemorySample Memory { get; init; }

    /// <summary>Other scalars by name, such as gradient norms; null for none.</summary>
    public IReadOnlyDictionary<string, double>? Extra { get; init; }
}
