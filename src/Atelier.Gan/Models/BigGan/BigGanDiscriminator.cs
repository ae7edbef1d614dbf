using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.BigGan;

/// <summary>
/// The projection discriminator of BigGAN: residual blocks, ReLU, sum over space, linear(h) + &lt;embed(y),
/// h&gt; (Miyato and Koyama 2018, arXiv:1802.05637); equal to BigGAN-PyTorch 9845943 BigGAN.py Discriminator.
/// </summary>
public sealed class BigGanDiscriminator : DiscriminatorNetwork
{
    private readonly List<DiscriminatorBlock> blocks = [];
    private readonly Dictionary<int, SelfAttention2d> attention = [];
    private readonly Linear linear;
    private readonly Embedding embedding;

    /// <summary>Builds the network with fresh weights.</summary>
    public BigGanDiscriminator(BigGanOptions options, Generator random)
    {
        Options = options;
        var plan = ChannelPlan.Of(options).Discriminator;
        var init = new InitializationContext(options.Initialization, random);
        var norm = options.DiscriminatorSpectralNorm;
        for (var k = 0; k < plan.Count; k++)
        {
            blocks.Add(Child($"blocks.{k}", new DiscriminatorBlock(plan[k], k == 0, norm, init)));
            if (plan[k].HasAttention)
                attention[k] = Child($"attention.{k}", new SelfAttention2d(plan[k].Outputs, norm, init));
        }

        linear = Child("linear", new Linear(plan[^1].Outputs, 1, norm, init));
        embedding = Child("embedding", new Embedding(options.ClassCount, plan[^1].Outputs, norm, init));
    }

    /// <summary>What it was built from.</summary>
    public BigGanOptions Options { get; }

    /// <inheritdoc/>
    public override DiscriminatorOutput Discriminate(Tensor images, Tensor classes)
    {
        using var scope = new TensorScope();
        var h = images.Contiguous(MemoryFormat.ChannelsLast);
        for (var k = 0; k < blocks.Count; k++)
        {
            h = blocks[k].Forward(h);                                           // [N, Ck, Rk, Rk]
            if (attention.TryGetValue(k, out var block)) h = block.Forward(h);
        }

        // The sum over space in float32: in bfloat16 it would lose the small differences that decide.
        var features = h.Relu().To(DType.Float32).Sum([2, 3]);                  // [N, F]
        var seen = Drop(features);
        var projection = (embedding.Forward(classes) * seen).Sum([1], keepdim: true);
        var logits = linear.Forward(seen).To(DType.Float32) + projection;   // [N, 1]
        return new DiscriminatorOutput(scope.Keep(logits), scope.Keep(features));
    }
}
