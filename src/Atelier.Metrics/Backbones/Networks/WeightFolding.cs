namespace Atelier.Metrics;

/// <summary>What becomes of BatchNorm when weights are loaded. Both give the same features but for
/// rounding.</summary>
public enum WeightFolding
{
    /// <summary>It is multiplied into the convolution before it: one operator less a layer.</summary>
    Folded,

    /// <summary>It stays an operator of its own, as in the network that was trained.</summary>
    Separate,
}
