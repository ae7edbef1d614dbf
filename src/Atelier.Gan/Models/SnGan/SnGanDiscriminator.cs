using Atelier.Gan.Residual;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.SnGan;

/// <summary>
/// The residual projection discriminator of SN-GAN (arXiv:1802.05957, appendix B.4; arXiv:1802.05637): a
/// block's first convolution keeps the channels, but for the first block's.
/// </summary>
/// <param name="options">What to build.</param>
/// <param name="random">Where the weights come from.</param>
/// <exception cref="AtelierException">The options contradict each other.</exception>
public sealed class SnGanDiscriminator(SnGanOptions options, Generator random)
    : ResidualDiscriminator(options, new InitializationContext(options.Initialization, random))
{
    /// <summary>What it was built from.</summary>
    public SnGanOptions Options { get; } = options;
}
