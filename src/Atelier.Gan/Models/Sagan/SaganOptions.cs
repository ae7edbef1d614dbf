using Atelier.Gan.Residual;
using Atelier.Nn;

namespace Atelier.Gan.Sagan;

/// <summary>
/// Everything that fixes the structure of a SAGAN. Published at 128 px (unit 64, attention at 32 px in both
/// networks); the other resolutions follow BigGAN's plan.
/// </summary>
public sealed record SaganOptions : ResidualOptions
{
    /// <summary>The published structure.</summary>
    public SaganOptions()
    {
        Initialization = WeightInitialization.Xavier;
        HasNeutralClassTables = true;
    }
}
