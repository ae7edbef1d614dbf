using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// The projection discriminator of BigGAN-deep (arXiv:1809.11096, appendix B, figure 16); equal to
/// BigGAN-PyTorch 9845943 BigGANdeep.py Discriminator, as a test against its output shows.
/// </summary>
public sealed class BigGanDeepDiscriminator : ProjectionDiscriminator
{
    private readonly Conv2d stem;
    private readonly List<DiscriminatorBottleneck> blocks = [];
    private readonly Dictionary<int, SelfAttention2d> attention = [];

    /// <summary>Builds the network with fresh weights.</summary>
    /// <exception cref="AtelierException">The options contradict each other.</exception>
    public BigGanDeepDiscriminator(BigGanDeepOptions options, Generator random)
    {
        Options = options;
        var plan = DeepPlan.Of(options).Discriminator;
        var init = new InitializationContext(options.Initialization, random);
        var norm = options.DiscriminatorSpectralNorm;
        stem = Child("stem", new Conv2d(options.ImageChannels, plan[0].Inputs, 3, norm, init));
        for (var k = 0; k < plan.Count; k++)
        {
            blocks.Add(Child($"blocks.{k}", new DiscriminatorBottleneck(plan[k], norm, init)));
            if (plan[k].HasAttention)
                attention[k] = Child($"attention.{k}", new SelfAttention2d(plan[k].Outputs, norm, init));
        }

        AddHead(options, plan[^1].Outputs, init);
    }

    /// <summary>What it was built from.</summary>
    public BigGanDeepOptions Options { get; }

    private protected override Tensor Run(Tensor images)
    {
        using var scope = new TensorScope();
        var h = stem.Forward(images);                                           // [N, C0, H, W]
        for (var k = 0; k < blocks.Count; k++)
        {
            h = blocks[k].Forward(h);                                           // [N, Ck, hk, wk]
            if (attention.TryGetValue(k, out var block)) h = block.Forward(h);
        }

        return scope.Keep(h);
    }
}
