using Atelier.Gan.Residual;
using Atelier.Nn;

namespace Atelier.Gan.SnGan;

/// <summary>
/// Everything that fixes the structure of an SN-GAN with projection. Published at 32 px for CIFAR-10 (units
/// 64 in G and 32 in D: 256 and 128 channels everywhere) and at 128 px for ImageNet (unit 64); 64, 256 and
/// 512 px follow BigGAN's plan.
/// </summary>
public sealed record SnGanOptions : ResidualOptions
{
    /// <summary>The published structure.</summary>
    public SnGanOptions()
    {
        Initialization = WeightInitialization.Xavier;
        HasNeutralClassTables = true;
        HasWideDiscriminator = false;
        GeneratorSpectralNorm = null;
    }
}
