using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Swin-T (Liu et al., arXiv:2103.14030) as torchvision has it. Features are the 768 numbers behind the last
/// norm and average pooling.
/// </summary>
public sealed class SwinTiny : FeatureNetwork
{
    /// <summary>Height and width of its images in pixels.</summary>
    public const int ImageSize = 224;

    private const int FirstWidth = 96;
    private const int LastWidth = 768;
    private static readonly int[] Depths = [2, 2, 6, 2];
    private static readonly int[] Heads = [3, 6, 12, 24];

    private readonly FrozenConvolution patches;
    private readonly FrozenLayerNorm patchNorm;
    private readonly List<Func<Tensor, Tensor>> steps = [];
    private readonly FrozenLayerNorm norm;
    private readonly FrozenLinear head;

    /// <summary>The network, with 1000 logits; its weights are loaded afterwards.</summary>
    public SwinTiny()
        : base("swin-t", LastWidth, 1000)
    {
        patches = Add(new FrozenConvolution(new ConvolutionShape("features.0.0", 3, FirstWidth, 4, 4)
        {
            HasBias = true,
            Stride = 4,
        }));
        patchNorm = Add(new FrozenLayerNorm("features.0.2", FirstWidth, 1e-5));
        long width = FirstWidth;
        for (var stage = 0; stage < Depths.Length; stage++)
        {
            if (stage > 0)
            {
                steps.Add(new SwinMerging(Register, $"features.{2 * stage}", width).Forward);
                width *= 2;
            }

            for (var k = 0; k < Depths[stage]; k++)
            {
                var name = $"features.{(2 * stage) + 1}.{k}";
                steps.Add(new SwinBlock(Register, name, width, Heads[stage], k % 2 == 1).Forward);
            }
        }

        norm = Add(new FrozenLayerNorm("norm", LastWidth, 1e-5));
        head = Add(new FrozenLinear("head", LastWidth, 1000));
    }

    /// <inheritdoc/>
    private protected override BackboneOutput Run(Tensor images)
    {
        var x = patchNorm.Forward(patches.Forward(images).Permute([0, 2, 3, 1]).Contiguous());
        foreach (var step in steps)                 // [N, H, W, C] throughout
        {
            var next = step(x);
            x.Dispose();
            x = next;
        }

        var features = norm.Forward(x).Mean([1, 2]);
        return new BackboneOutput(features, head.Forward(features));
    }

    private void Register(FrozenLayer layer) => Add(layer);
}
