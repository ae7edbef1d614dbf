using Atelier.Gan.Residual;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Sagan;

/// <summary>
/// The projection discriminator of SAGAN (arXiv:1805.08318): residual blocks that widen in their first
/// convolution, self-attention, spectral norm.
/// </summary>
/// <param name="options">What to build.</param>
/// <param name="random">Where the weights come from.</param>
/// <exception cref="AtelierException">The options contradict each other.</exception>
public sealed class SaganDiscriminator(SaganOptions options, Generator random)
    : ResidualDiscriminator(options, new InitializationContext(options.Initialization, random))
{
    /// <summary>What it was built from.</summary>
    public SaganOptions Options { get; } = options;
}
