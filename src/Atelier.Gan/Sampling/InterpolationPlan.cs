namespace Atelier.Gan;

/// <summary>What changes along the rows of an interpolation, and what stays.</summary>
public sealed record InterpolationPlan
{
    /// <summary>The classes at both ends of each row; where classes stay, the first is used.</summary>
    public required IReadOnlyList<(int From, int To)> Rows { get; init; }

    /// <summary>True where each row goes from one latent to another.</summary>
    public required bool MovesLatent { get; init; }

    /// <summary>True where each row goes from one class to another.</summary>
    public required bool MovesClass { get; init; }

    /// <summary>The way between latents; between classes it is always straight.</summary>
    public InterpolationPath Path { get; init; }

    /// <summary>Truncation of both ends; null for none.</summary>
    public double? Threshold { get; init; }
}
