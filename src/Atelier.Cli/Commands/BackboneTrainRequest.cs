using Atelier.Metrics;

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

    /// <summary>The backbone file to go on from, or null for new weights.</summary>
    public string? Start { get; init; }

    /// <summary>The network and how it learns.</summary>
    public required BackboneOptions Options { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
