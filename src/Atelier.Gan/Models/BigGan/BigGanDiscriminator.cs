using Atelier.Gan.Residual;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.BigGan;

/// <summary>
/// The projection discriminator of BigGAN (arXiv:1809.11096, appendix B); equal to BigGAN-PyTorch 9845943
/// BigGAN.py Discriminator, as a test against its output shows.
/// </summary>
/// <param name="options">What to build.</param>
/// <param name="random">Where the weights come from.</param>
/// <exception cref="AtelierException">The options contradict each other.</exception>
public sealed class BigGanDiscriminator(BigGanOptions options, Generator random)
    : ResidualDiscriminator(options, new InitializationContext(options.Initialization, random))
{
    /// <summary>What it was built from.</summary>
    public BigGanOptions Options { get; } = options;
}
