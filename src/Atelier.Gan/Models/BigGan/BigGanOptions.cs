using Atelier.Gan.Residual;

namespace Atelier.Gan.BigGan;

/// <summary>
/// Everything that fixes the structure of a BigGAN. The paper's z has 128 numbers for CIFAR-10, and 120, 140
/// and 160 at 128, 256 and 512 px.
/// </summary>
public sealed record BigGanOptions : ResidualOptions;
