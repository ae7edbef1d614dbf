using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// ViT-S with patches of 8 pixels, as DINO trained it without labels (Caron et al., arXiv:2104.14294), with
/// the names of its published state dict. Features are the 384 numbers of the class token behind the last
/// norm; there are no logits.
/// </summary>
public sealed class DinoViTSmall8 : FeatureNetwork
{
    /// <summary>Height and width of its images in pixels.</summary>
    public const int ImageSize = 224;

    private const int Width = 384;
    private const int Patch = 8;
    private const int Depth = 12;
    private const int Heads = 6;
    private const int Tokens = ImageSize / Patch * (ImageSize / Patch);

    private readonly FrozenTensor classToken;
    private readonly FrozenTensor positions;
    private readonly FrozenConvolution patches;
    private readonly TransformerBlock[] blocks;
    private readonly FrozenLayerNorm norm;

    /// <summary>The network; its weights are loaded afterwards.</summary>
    public DinoViTSmall8()
        : base("dino-vits8", Width, 0)
    {
        classToken = Add(new FrozenTensor("cls_token", 1, 1, Width));
        positions = Add(new FrozenTensor("pos_embed", 1, Tokens + 1, Width));
        patches = Add(new FrozenConvolution(
            new ConvolutionShape("patch_embed.proj", 3, Width, Patch, Patch)
            {
                HasBias = true,
                Stride = Patch,
            }));
        blocks =
        [
            .. Enumerable.Range(0, Depth).Select(k =>
                new TransformerBlock(layer => Add(layer), $"blocks.{k}", Width, Heads)),
        ];
        norm = Add(new FrozenLayerNorm("norm", Width, 1e-6));
    }

    /// <inheritdoc/>
    private protected override BackboneOutput Run(Tensor images)
    {
        var count = images.Size(0);
        // [N, width, 28, 28] as rows of tokens
        var tokens = patches.Forward(images).Flatten(2).Transpose(1, 2);
        var x = Aten.Cat([classToken.Value.Expand([count, -1, -1]), tokens], 1) + positions.Value;
        foreach (var block in blocks)
        {
            var next = block.Forward(x);
            x.Dispose();
            x = next;
        }

        var features = norm.Forward(x.Select(1, 0).Contiguous());
        return new BackboneOutput(features, NoLogits(features));
    }
}
