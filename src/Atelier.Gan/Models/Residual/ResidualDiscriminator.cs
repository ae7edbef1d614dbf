using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Residual;

/// <summary>
/// Residual blocks that halve the sides, each perhaps followed by self-attention, and the projection head.
/// </summary>
public abstract class ResidualDiscriminator : ProjectionDiscriminator
{
    private readonly List<DiscriminatorBlock> blocks = [];
    private readonly Dictionary<int, SelfAttention2d> attention = [];

    private protected ResidualDiscriminator(ResidualOptions options, InitializationContext init)
    {
        var plan = ChannelPlan.Of(options).Discriminator;
        var norm = options.DiscriminatorSpectralNorm;
        for (var k = 0; k < plan.Count; k++)
        {
            blocks.Add(Child($"blocks.{k}", new DiscriminatorBlock(
                plan[k], k == 0, options.HasRectifiedSkips, norm, init)));
            if (plan[k].HasAttention)
                attention[k] = Child($"attention.{k}", new SelfAttention2d(plan[k].Outputs, norm, init));
        }

        AddHead(options, plan[^1].Outputs, init);
    }

    private protected sealed override Tensor Run(Tensor images)
    {
        using var scope = new TensorScope();
        var h = images;
        for (var k = 0; k < blocks.Count; k++)
        {
            h = blocks[k].Forward(h);                                           // [N, Ck, hk, wk]
            if (attention.TryGetValue(k, out var block)) h = block.Forward(h);
        }

        return scope.Keep(h);
    }
}
