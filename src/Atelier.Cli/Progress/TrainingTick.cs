namespace Atelier.Cli.Progress;

/// <summary>What a training display shows of one moment of a run.</summary>
internal sealed record TrainingTick
{
    /// <summary>Generator steps done.</summary>
    public required long Step { get; init; }

    /// <summary>Generator steps in all.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Real images taken in per second of wall-clock.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Time until the last step; null while it is not known.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Loss of the discriminator.</summary>
    public required double DiscriminatorLoss { get; init; }

    /// <summary>Loss of the generator.</summary>
    public required double GeneratorLoss { get; init; }

    /// <summary>Mean logit of the discriminator on real images.</summary>
    public required double RealLogit { get; init; }

    /// <summary>Mean logit of the discriminator on generated images.</summary>
    public required double FakeLogit { get; init; }

    /// <summary>Memory of the process, in bytes.</summary>
    public required long MemoryBytes { get; init; }
}
