namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier leak</c>.</summary>
internal sealed record LeakRequest
{
    /// <summary>The run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>A packed dataset whose held-out images are classified too; null to leave that out.</summary>
    public string? Data { get; init; }

    /// <summary>Images of each checkpoint.</summary>
    public required int Count { get; init; }

    /// <summary>Images at once; null for the usual number.</summary>
    public int? Batch { get; init; }

    /// <summary>The largest |z|; null for no truncation.</summary>
    public double? Truncation { get; init; }

    /// <summary>A backbone's file, or null for the shipped one that fits.</summary>
    public string? Backbone { get; init; }

    /// <summary>The seed of the latents.</summary>
    public required long Seed { get; init; }

    /// <summary>The folder for tables and plots; null to write none.</summary>
    public string? Output { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
