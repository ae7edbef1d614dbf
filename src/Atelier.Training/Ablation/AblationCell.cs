namespace Atelier.Training.Ablation;

/// <summary>How one run of an ablation ended; written into its folder.</summary>
public sealed record AblationCell
{
    /// <summary>The row.</summary>
    public required string Variant { get; init; }

    /// <summary>The run's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Hash of the run's recipe: everything that it computed, apart from the dataset.</summary>
    public required string RecipeSha256 { get; init; }

    /// <summary>Content hash of the training images.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>Steps that were trained.</summary>
    public required long Steps { get; init; }

    /// <summary>Weights of the generator.</summary>
    public required long GeneratorParameters { get; init; }

    /// <summary>FID; null when the run failed.</summary>
    public double? Fid { get; init; }

    /// <summary>Inception Score; null when the run failed.</summary>
    public double? Score { get; init; }

    /// <summary>The protocol of the FID; empty when the run failed.</summary>
    public string FidProtocol { get; init; } = "";

    /// <summary>The protocol of the Inception Score; empty when the run failed.</summary>
    public string ScoreProtocol { get; init; } = "";

    /// <summary>Why there is no score: NaN or infinity during training; else null.</summary>
    public string? Failure { get; init; }
}
