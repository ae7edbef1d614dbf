namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier eval</c>.</summary>
internal sealed record EvalRequest
{
    /// <summary>A model, a run's folder, a packed dataset or a folder of images.</summary>
    public required string Target { get; init; }

    /// <summary>The packed dataset of real images.</summary>
    public required string Data { get; init; }

    /// <summary>Names of metrics, in the order in which they are shown.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>How many images to score.</summary>
    public required int Count { get; init; }

    /// <summary>The seed of the samples.</summary>
    public required long Seed { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
