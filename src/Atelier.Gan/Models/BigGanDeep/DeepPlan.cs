namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// From options to the blocks of both networks: tables 7 to 9 of the BigGAN paper (arXiv:1809.11096). Those
/// have no 32 and 64 px; there the plans are BigGAN-PyTorch 9845943's, whose D at 32 px stops at 8x8.
/// </summary>
public sealed class DeepPlan
{
    private static readonly WidthTable Table = new("BigGAN-deep", new Dictionary<int, (int[], int[])>
    {
        [32] = ([4, 4, 4, 4], [4, 4, 4, 4]),
        [64] = ([16, 16, 8, 4, 2], [1, 2, 4, 8, 16]),
        [128] = ([16, 16, 8, 4, 2, 1], [1, 2, 4, 8, 16, 16]),
        [256] = ([16, 16, 8, 8, 4, 2, 1], [1, 2, 4, 8, 8, 16, 16]),
        [512] = ([16, 16, 8, 8, 4, 2, 1, 1], [1, 1, 2, 4, 8, 8, 16, 16]),
    });

    private DeepPlan(IReadOnlyList<BottleneckPlan> generator, IReadOnlyList<BottleneckPlan> discriminator)
    {
        Generator = generator;
        Discriminator = discriminator;
    }

    /// <summary>Blocks of G, from 4x4 up; the last of a stage doubles the side.</summary>
    public IReadOnlyList<BottleneckPlan> Generator { get; }

    /// <summary>
    /// Blocks of D, from behind its first convolution down; the first of a stage halves the side.
    /// </summary>
    public IReadOnlyList<BottleneckPlan> Discriminator { get; }

    /// <summary>Works the plan out.</summary>
    /// <exception cref="AtelierException">The resolution has no plan, or a list of widths has a wrong
    /// length, or grows in G or shrinks in D.</exception>
    public static DeepPlan Of(BigGanDeepOptions options)
    {
        var (generator, discriminator) = Table.Of(options);
        // The skips keep channels: G can only drop some, D can only add some.
        Monotone("generator", "grow", generator.Reverse());
        Monotone("discriminator", "shrink", discriminator);
        return new DeepPlan(GeneratorBlocks(options, generator), DiscriminatorBlocks(options, discriminator));
    }

    private static void Monotone(string network, string wrong, IEnumerable<int> rising)
    {
        if (rising.Zip(rising.Skip(1)).All(static pair => pair.First <= pair.Second)) return;
        throw new AtelierException(
            FailureKind.Usage,
            $"The {network} widths {wrong} from one resolution to the next; BigGAN-deep's skips keep the " +
            "identity, so widths only fall in the generator and only rise in the discriminator.");
    }

    private static List<BottleneckPlan> GeneratorBlocks(BigGanDeepOptions options, IReadOnlyList<int> widths)
    {
        var blocks = new List<BottleneckPlan>();
        for (var stage = 0; stage + 1 < widths.Count; stage++)
        {
            for (var k = 0; k < options.BlocksPerStage; k++)
            {
                var isLast = k == options.BlocksPerStage - 1;
                var resolution = isLast ? 8 << stage : 4 << stage;
                blocks.Add(new BottleneckPlan(
                    widths[stage], isLast ? widths[stage + 1] : widths[stage], isLast, resolution,
                    isLast && options.GeneratorAttentionResolutions.Contains(resolution)));
            }
        }

        return blocks;
    }

    private static List<BottleneckPlan> DiscriminatorBlocks(
        BigGanDeepOptions options, IReadOnlyList<int> widths)
    {
        // At 32 px two of three stages halve; at the others all do.
        var halving = options.Resolution == 32 ? 2 : widths.Count - 1;
        var depth = options.DiscriminatorBlocksPerStage ?? options.BlocksPerStage;
        var blocks = new List<BottleneckPlan>();
        for (var stage = 0; stage + 1 < widths.Count; stage++)
        {
            var resolution = options.Resolution >> Math.Min(stage + 1, halving);
            for (var k = 0; k < depth; k++)
            {
                var isLast = k == depth - 1;
                blocks.Add(new BottleneckPlan(
                    k == 0 ? widths[stage] : widths[stage + 1], widths[stage + 1], k == 0 && stage < halving,
                    resolution,
                    isLast && stage < halving &&
                    options.DiscriminatorAttentionResolutions.Contains(resolution)));
            }
        }

        return blocks;
    }
}
