namespace Atelier.Metrics;

/// <summary>Where a path between two images lies.</summary>
public enum LatentSpace
{
    /// <summary>In the latents themselves.</summary>
    Z,

    /// <summary>In what a mapping network makes of them.</summary>
    W,
}
