using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// The generator of BigGAN-deep (Brock, Donahue, Simonyan 2018, arXiv:1809.11096, appendix B, figure 16):
/// the whole z, joined to the class embedding, feeds the first layer and every block. Equal to BigGAN-PyTorch
/// 9845943 BigGANdeep.py Generator, as a test against its output shows.
/// </summary>
public sealed class BigGanDeepGenerator : ClassConditionalGenerator
{
    private readonly Linear stem;
    private readonly List<GeneratorBottleneck> blocks = [];
    private readonly Dictionary<int, SelfAttention2d> attention = [];
    private readonly int stemChannels;
    private readonly ImageSize bottom;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <exception cref="AtelierException">The options contradict each other.</exception>
    public BigGanDeepGenerator(BigGanDeepOptions options, Generator random)
        : this(options, new InitializationContext(options.Initialization, random))
    {
    }

    private BigGanDeepGenerator(BigGanDeepOptions options, InitializationContext init)
        : base(options, true, init)
    {
        Options = options;
        var plan = DeepPlan.Of(options).Generator;
        var norm = options.GeneratorSpectralNorm;
        var condition = options.LatentSize + (options.IsConditional ? options.SharedEmbeddingSize : 0);
        stemChannels = plan[0].Inputs;
        bottom = ShapePlan.Of(options.Resolution).Base;
        stem = Child("stem", new Linear(condition, stemChannels * bottom.Height * bottom.Width, norm, init));
        for (var k = 0; k < plan.Count; k++)
        {
            blocks.Add(Child($"blocks.{k}", new GeneratorBottleneck(plan[k], norm, MakeNorm, init)));
            if (plan[k].HasAttention)
                attention[k] = Child($"attention.{k}", new SelfAttention2d(plan[k].Outputs, norm, init));
        }

        var width = plan[^1].Outputs;
        AddOutput(
            width,
            options.HasFullWidthOutput ? Math.Max(width, options.ImageChannels) : options.ImageChannels,
            init);

        ConditionalBatchNorm2d MakeNorm(long channels) => ConditionalBatchNorm2d.FromVector(
            channels, condition, options.BatchNormEpsilon, norm, init, options.AddsNormGain);
    }

    /// <summary>What it was built from.</summary>
    public BigGanDeepOptions Options { get; }

    private protected override Tensor Run(Tensor latent, Tensor? condition)
    {
        using var scope = new TensorScope();
        var given = condition is null ? latent : Aten.Cat([condition, latent], 1);   // [N, S + Z]
        var h = stem.Forward(given)
            .Reshape([-1, stemChannels, bottom.Height, bottom.Width])                     // [N, C0, h, w]
            .Contiguous(MemoryFormat.ChannelsLast);
        for (var k = 0; k < blocks.Count; k++)
        {
            h = blocks[k].Forward(h, given);                                         // [N, Ck, hk, wk]
            if (attention.TryGetValue(k, out var block)) h = block.Forward(h);
        }

        return scope.Keep(ToImage(h));
    }
}
