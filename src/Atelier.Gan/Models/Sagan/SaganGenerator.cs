using Atelier.Gan.Residual;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Sagan;

/// <summary>
/// The generator of SAGAN (Zhang et al. 2018, arXiv:1805.08318): residual blocks with a class table in every
/// BatchNorm, self-attention, spectral norm.
/// </summary>
/// <param name="options">What to build.</param>
/// <param name="random">Where the weights come from.</param>
/// <exception cref="AtelierException">The options contradict each other.</exception>
public sealed class SaganGenerator(SaganOptions options, Generator random)
    : ResidualGenerator(options, new InitializationContext(options.Initialization, random))
{
    /// <summary>What it was built from.</summary>
    public SaganOptions Options { get; } = options;
}
