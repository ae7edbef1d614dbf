namespace Atelier.Gan.Residual;

/// <summary>
/// From options to the blocks of both networks: tables 4 to 6 of the BigGAN paper (arXiv:1809.11096), of
/// which the one at 128 px is SN-GAN's (arXiv:1802.05957, appendix B.4) and SAGAN's too, and BigGAN-PyTorch's
/// plans at 32 and 64 px; that at 32 px is SN-GAN's for CIFAR-10. D at 512 is the paper's; public code has
/// none.
/// </summary>
public sealed class ChannelPlan
{
    private static readonly WidthTable Table = new(new Dictionary<int, (int[], int[])>
    {
        [32] = ([4, 4, 4, 4], [4, 4, 4, 4]),
        [64] = ([16, 16, 8, 4, 2], [1, 2, 4, 8, 16]),
        [128] = ([16, 16, 8, 4, 2, 1], [1, 2, 4, 8, 16, 16]),
        [256] = ([16, 16, 8, 8, 4, 2, 1], [1, 2, 4, 8, 8, 16, 16]),
        [512] = ([16, 16, 8, 8, 4, 2, 1, 1], [1, 1, 2, 4, 8, 8, 16, 16]),
    });

    private ChannelPlan(IReadOnlyList<BlockPlan> generator, IReadOnlyList<BlockPlan> discriminator)
    {
        Generator = generator;
        Discriminator = discriminator;
    }

    /// <summary>Blocks of G, from the first map up.</summary>
    public IReadOnlyList<BlockPlan> Generator { get; }

    /// <summary>Blocks of D, from the image down.</summary>
    public IReadOnlyList<BlockPlan> Discriminator { get; }

    /// <summary>Works the plan out.</summary>
    /// <exception cref="AtelierException">The images have no plan, or a list of widths has a wrong
    /// length.</exception>
    public static ChannelPlan Of(ResidualOptions options)
    {
        var shape = ShapePlan.Of(options.Resolution);
        var (generator, discriminator) = Table.Of(options, shape);
        return new ChannelPlan(
            GeneratorBlocks(options, shape, generator), DiscriminatorBlocks(options, shape, discriminator));
    }

    private static List<BlockPlan> GeneratorBlocks(
        ResidualOptions options, ShapePlan shape, IReadOnlyList<int> widths)
    {
        var blocks = new List<BlockPlan>();
        for (var k = 0; k + 1 < widths.Count; k++)
        {
            var side = shape.GeneratorSide(k);
            blocks.Add(new BlockPlan(
                widths[k], widths[k + 1], widths[k + 1], shape.Doubles(k), side,
                shape.EndsASize(k) && options.GeneratorAttentionResolutions.Contains(side)));
        }

        return blocks;
    }

    private static List<BlockPlan> DiscriminatorBlocks(
        ResidualOptions options, ShapePlan shape, IReadOnlyList<int> widths)
    {
        var blocks = new List<BlockPlan>();
        var inputs = options.ImageChannels;
        for (var k = 0; k < widths.Count; k++)
        {
            var side = shape.DiscriminatorSide(k);
            var halves = k < shape.Halvings;
            blocks.Add(new BlockPlan(
                inputs, IsWide(options, k) ? widths[k] : inputs, widths[k], halves, side,
                options.DiscriminatorAttentionBlocks?.Contains(k) ??
                (halves && options.DiscriminatorAttentionResolutions.Contains(side))));
            inputs = widths[k];
        }

        return blocks;
    }

    private static bool IsWide(ResidualOptions options, int block) =>
        options.HasWideDiscriminator || (block == 0 && !options.HasThinFirstBlock);
}
