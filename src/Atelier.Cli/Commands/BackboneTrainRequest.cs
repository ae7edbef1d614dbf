namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier backbone train</c>.</summary>
internal sealed record BackboneTrainRequest
{
    /// <summary>The packed dataset to learn from.</summary>
    public required string Data { get; init; }

    /// <summary>The packed dataset to test on, or null for the test split of <see cref="Data"/>.</summary>
    public string? Test { get; init; }

    /// <summary>The file to write.</summary>
    public required string Output { get; init; }

    /// <summary>Widths of the convolutions; see <see cref="Atelier.Metrics.SmallClassifierShape"/>.</summary>
    public required string Blocks { get; init; }

    /// <summary>The farthest that an image is shifted each way.</summary>
    public required int ShiftPixels { get; init; }

    /// <summary>Passes over the data.</summary>
    public required int Epochs { get; init; }

    /// <summary>Mirror every second image.</summary>
    public bool Flips { get; init; } = true;

    /// <summary>The seed of weights and order.</summary>
    public required long Seed { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
