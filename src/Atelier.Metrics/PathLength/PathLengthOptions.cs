namespace Atelier.Metrics;

/// <summary>Parameters of the perceptual path length. Each is part of the protocol.</summary>
public sealed record PathLengthOptions
{
    /// <summary>Where the paths lie.</summary>
    public LatentSpace Space { get; init; } = LatentSpace.Z;

    /// <summary>True for places anywhere on the paths ("full"), false for their beginnings ("end").</summary>
    public bool IsFull { get; init; } = true;

    /// <summary>The step along the path, above 0; 1e-4 in the paper.</summary>
    public double Epsilon { get; init; } = 1e-4;

    /// <summary>Paths, at least 1; 50,000 in the reference.</summary>
    public int Samples { get; init; } = 50_000;

    /// <summary>Paths at once, at least 1. Sets how the random numbers fall, so it belongs to the
    /// protocol.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Decides latents, classes and places.</summary>
    public ulong Seed { get; init; }
}
