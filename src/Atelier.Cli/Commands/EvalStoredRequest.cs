using Atelier.Metrics;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier eval</c> on stored tensors.</summary>
internal sealed record EvalStoredRequest
{
    /// <summary>The file of the real side.</summary>
    public required string Real { get; init; }

    /// <summary>The file of the generated side.</summary>
    public required string Fake { get; init; }

    /// <summary>Names of metrics, in the order in which they are shown.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>Parameters of the metrics.</summary>
    public required MetricOptions Options { get; init; }

    /// <summary>Leave metrics out whose tensors are missing, with a warning.</summary>
    public required bool LeavesOutUnfit { get; init; }

    /// <summary>The picture of the precision-recall curve, or null for none.</summary>
    public string? Chart { get; init; }
}
