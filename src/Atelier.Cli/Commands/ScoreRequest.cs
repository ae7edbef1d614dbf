namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier score</c>; null where nothing was said.</summary>
internal sealed record ScoreRequest
{
    /// <summary>A model file or a run's folder.</summary>
    public required string Model { get; init; }

    /// <summary>A folder of class folders, or a packed dataset.</summary>
    public string? Images { get; init; }

    /// <summary>How many of the best and of the worst images are shown.</summary>
    public required int Top { get; init; }

    /// <summary>The file with x and y.</summary>
    public string? Inputs { get; init; }

    /// <summary>The file that takes the logits.</summary>
    public string? Raw { get; init; }

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }
}
