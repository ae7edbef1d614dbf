namespace Atelier.Gan.BigGan;

/// <summary>One residual block of a plan.</summary>
/// <param name="Inputs">Channels in.</param>
/// <param name="Outputs">Channels out.</param>
/// <param name="Resamples">Whether it doubles (G) or halves (D) the resolution.</param>
/// <param name="Resolution">Side of its output in pixels.</param>
/// <param name="HasAttention">Whether self-attention follows.</param>
public sealed record BlockPlan(int Inputs, int Outputs, bool Resamples, int Resolution, bool HasAttention);

/// <summary>
/// From options to channel counts: tables B.1 to B.3 of the BigGAN paper, and BigGAN-PyTorch's plan at 32 px.
/// D at 512 is the paper's; public code has none.
/// </summary>
public sealed class ChannelPlan
{
    private static readonly Dictionary<int, int[]> GeneratorMultiples = new()
    {
        [32] = [4, 4, 4, 4],
        [64] = [16, 16, 8, 4, 2],
        [128] = [16, 16, 8, 4, 2, 1],
        [256] = [16, 16, 8, 8, 4, 2, 1],
        [512] = [16, 16, 8, 8, 4, 2, 1, 1],
    };

    private static readonly Dictionary<int, int[]> DiscriminatorMultiples = new()
    {
        [32] = [4, 4, 4, 4],
        [64] = [1, 2, 4, 8, 16],
        [128] = [1, 2, 4, 8, 16, 16],
        [256] = [1, 2, 4, 8, 8, 16, 16],
        [512] = [1, 1, 2, 4, 8, 8, 16, 16],
    };

    private ChannelPlan(IReadOnlyList<BlockPlan> generator, IReadOnlyList<BlockPlan> discriminator)
    {
        Generator = generator;
        Discriminator = discriminator;
    }

    /// <summary>Blocks of G, from 4x4 up.</summary>
    public IReadOnlyList<BlockPlan> Generator { get; }

    /// <summary>Blocks of D, from the image down.</summary>
    public IReadOnlyList<BlockPlan> Discriminator { get; }

    /// <summary>Works the plan out.</summary>
    /// <exception cref="AtelierException">The resolution has no plan, or a list of widths has a wrong
    /// length.</exception>
    public static ChannelPlan Of(BigGanOptions options)
    {
        if (!GeneratorMultiples.TryGetValue(options.Resolution, out var generator))
            throw new AtelierException(
                FailureKind.Usage,
                $"BigGAN has no plan for {options.Resolution} px; expected one of " +
                $"{string.Join(", ", GeneratorMultiples.Keys)}.");
        var discriminator = DiscriminatorMultiples[options.Resolution];
        return new ChannelPlan(
            GeneratorBlocks(options, Widths("generator", options.GeneratorWidths, generator)),
            DiscriminatorBlocks(
                options, Widths("discriminator", options.DiscriminatorWidths, discriminator)));
    }

    private static IReadOnlyList<int> Widths(string network, IReadOnlyList<int>? chosen, int[] reference)
    {
        if (chosen is null) return reference;
        if (chosen.Count == reference.Length && chosen.All(static w => w >= 1)) return chosen;
        throw new AtelierException(
            FailureKind.Usage,
            $"The {network} widths are [{string.Join(", ", chosen)}]; at this resolution " +
            $"{reference.Length} positive " +
            $"multiples are needed, for instance [{string.Join(", ", reference)}].");
    }

    private static List<BlockPlan> GeneratorBlocks(BigGanOptions options, IReadOnlyList<int> widths)
    {
        var blocks = new List<BlockPlan>();
        for (var k = 0; k + 1 < widths.Count; k++)
        {
            var resolution = 8 << k;
            blocks.Add(new BlockPlan(
                widths[k] * options.GeneratorChannels, widths[k + 1] * options.GeneratorChannels, true,
                resolution,
                options.AttentionResolutions.Contains(resolution)));
        }

        return blocks;
    }

    private static List<BlockPlan> DiscriminatorBlocks(BigGanOptions options, IReadOnlyList<int> widths)
    {
        // At 32 px two of four blocks halve; at the others all but the last.
        var halving = options.Resolution == 32 ? 2 : widths.Count - 1;
        var blocks = new List<BlockPlan>();
        var inputs = options.ImageChannels;
        for (var k = 0; k < widths.Count; k++)
        {
            var outputs = widths[k] * options.DiscriminatorChannels;
            var resolution = options.Resolution >> Math.Min(k + 1, halving);
            blocks.Add(new BlockPlan(
                inputs, outputs, k < halving, resolution,
                k < halving && options.AttentionResolutions.Contains(resolution)));
            inputs = outputs;
        }

        return blocks;
    }
}
