namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier backbone train</c>.</summary>
internal sealed record BackboneTrainRequest
{
    /// <summary>The packed dataset to learn from.</summary>
    public required string Data { get; init; }

    /// <summary>The packed dataset to test on, or null to hold a tenth of <see cref="Data"/> back.</summary>
    public string? Test { get; init; }

    /// <summary>The file to write.</summary>
    public required string Output { get; init; }

    /// <summary>Passes over the data.</summary>
    public required int Epochs { get; init; }

    /// <summary>The seed of weights and order.</summary>
    public required long Seed { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
