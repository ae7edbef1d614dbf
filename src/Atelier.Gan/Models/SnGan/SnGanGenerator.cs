using Atelier.Gan.Residual;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.SnGan;

/// <summary>
/// The residual generator of SN-GAN with class-conditional BatchNorm (Miyato et al. 2018, arXiv:1802.05957,
/// appendix B.4, and Miyato and Koyama 2018, arXiv:1802.05637): a class table in every BatchNorm, no
/// spectral norm.
/// </summary>
/// <param name="options">What to build.</param>
/// <param name="random">Where the weights come from.</param>
/// <exception cref="AtelierException">The options contradict each other.</exception>
public sealed class SnGanGenerator(SnGanOptions options, Generator random)
    : ResidualGenerator(options, new InitializationContext(options.Initialization, random))
{
    /// <summary>What it was built from.</summary>
    public SnGanOptions Options { get; } = options;
}
