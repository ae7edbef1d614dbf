namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// From options to the blocks of both networks: tables 7 to 9 of the BigGAN paper (arXiv:1809.11096). Those
/// have no 32 and 64 px; there the plans are BigGAN-PyTorch 9845943's, whose D at 32 px stops at 8x8.
/// </summary>
public sealed class DeepPlan
{
    private static readonly WidthTable Table = new(new Dictionary<int, (int[], int[])>
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

    /// <summary>Blocks of G, from the first map up; the last of a stage that doubles does it.</summary>
    public IReadOnlyList<BottleneckPlan> Generator { get; }

    /// <summary>
    /// Blocks of D, from behind its first convolution down; the first of a stage that halves does it.
    /// </summary>
    public IReadOnlyList<BottleneckPlan> Discriminator { get; }

    /// <summary>Works the plan out.</summary>
    /// <exception cref="AtelierException">The images have no plan, or a list of widths has a wrong
    /// length, or grows in G or shrinks in D.</exception>
    public static DeepPlan Of(BigGanDeepOptions options)
    {
        var shape = ShapePlan.Of(options.Resolution);
        var (generator, discriminator) = Table.Of(options, shape);
        // The skips keep channels: G can only drop some, D can only add some.
        Monotone("generator", "grow", generator.Reverse());
        Monotone("discriminator", "shrink", discriminator);
        return new DeepPlan(
            GeneratorBlocks(options, shape, generator), DiscriminatorBlocks(options, shape, discriminator));
    }

    private static void Monotone(string network, string wrong, IEnumerable<int> rising)
    {
        if (rising.Zip(rising.Skip(1)).All(static pair => pair.First <= pair.Second)) return;
        throw new AtelierException(
            FailureKind.Usage,
            $"The {network} widths {wrong} from one stage to the next; BigGAN-deep's skips keep the " +
            "identity, so widths only fall in the generator and only rise in the discriminator.");
    }

    private static List<BottleneckPlan> GeneratorBlocks(
        BigGanDeepOptions options, ShapePlan shape, IReadOnlyList<int> widths)
    {
        var blocks = new List<BottleneckPlan>();
        for (var stage = 0; stage + 1 < widths.Count; stage++)
        {
            for (var k = 0; k < options.BlocksPerStage; k++)
            {
                var isLast = k == options.BlocksPerStage - 1;
                var side = shape.GeneratorSide(isLast ? stage : stage - 1);
                blocks.Add(new BottleneckPlan(
                    widths[stage], isLast ? widths[stage + 1] : widths[stage],
                    isLast && shape.Doubles(stage), side,
                    isLast && shape.EndsASize(stage) &&
                    options.GeneratorAttentionResolutions.Contains(side)));
            }
        }

        return blocks;
    }

    private static List<BottleneckPlan> DiscriminatorBlocks(
        BigGanDeepOptions options, ShapePlan shape, IReadOnlyList<int> widths)
    {
        var depth = options.DiscriminatorBlocksPerStage ?? options.BlocksPerStage;
        var blocks = new List<BottleneckPlan>();
        for (var stage = 0; stage + 1 < widths.Count; stage++)
        {
            var side = shape.DiscriminatorSide(stage);
            var halves = stage < shape.Halvings;
            for (var k = 0; k < depth; k++)
            {
                var isLast = k == depth - 1;
                blocks.Add(new BottleneckPlan(
                    k == 0 ? widths[stage] : widths[stage + 1], widths[stage + 1], k == 0 && halves, side,
                    isLast && halves && options.DiscriminatorAttentionResolutions.Contains(side)));
            }
        }

        return blocks;
    }
}
