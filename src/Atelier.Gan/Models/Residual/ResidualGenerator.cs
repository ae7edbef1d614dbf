using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Residual;

/// <summary>
/// A linear layer to the first map, residual blocks that double its sides, each perhaps followed by
/// self-attention, and a last convolution. Where classes and chunks of z enter, the options say.
/// </summary>
public abstract class ResidualGenerator : ClassConditionalGenerator
{
    private readonly ResidualOptions options;
    private readonly Linear stem;
    private readonly List<GeneratorBlock> blocks = [];
    private readonly Dictionary<int, SelfAttention2d> attention = [];
    private readonly int chunkSize;
    private readonly int stemChannels;
    private readonly ImageSize bottom;

    private protected ResidualGenerator(ResidualOptions options, InitializationContext init)
        : base(options, options.HasSharedEmbedding, init)
    {
        this.options = options;
        var plan = ChannelPlan.Of(options).Generator;
        var norm = options.GeneratorSpectralNorm;
        chunkSize = ChunkSize(options, plan.Count);
        stemChannels = plan[0].Inputs;
        bottom = ShapePlan.Of(options.Resolution).Base;
        stem = Child("stem", new Linear(chunkSize, stemChannels * bottom.Height * bottom.Width, norm, init));
        for (var k = 0; k < plan.Count; k++)
        {
            blocks.Add(
                Child($"blocks.{k}", new GeneratorBlock(plan[k], norm, c => MakeNorm(c, norm, init), init)));
            if (plan[k].HasAttention)
                attention[k] = Child($"attention.{k}", new SelfAttention2d(plan[k].Outputs, norm, init));
        }

        AddOutput(plan[^1].Outputs, options.ImageChannels, init);
    }

    private protected sealed override Tensor Run(Tensor latent, Tensor? condition)
    {
        using var scope = new TensorScope();
        var chunks = options.HasHierarchicalLatent ? latent.Split(chunkSize, 1) : [latent];
        var h = stem.Forward(chunks[0])
            .Reshape([-1, stemChannels, bottom.Height, bottom.Width])     // [N, C0, h, w]
            .Contiguous(MemoryFormat.ChannelsLast);
        for (var k = 0; k < blocks.Count; k++)
        {
            var given = options.HasHierarchicalLatent ? Join(condition, chunks[k + 1]) : condition;
            h = blocks[k].Forward(h, given);                         // [N, Ck, hk, wk]
            if (attention.TryGetValue(k, out var block)) h = block.Forward(h);
        }

        return scope.Keep(ToImage(h));
    }

    private static Tensor Join(Tensor? condition, Tensor chunk) =>
        condition is null ? chunk : Aten.Cat([condition, chunk], 1);

    private static int ChunkSize(ResidualOptions options, int blockCount)
    {
        if (!options.HasHierarchicalLatent) return options.LatentSize;
        if (options.IsConditional && !options.HasSharedEmbedding)
            throw new AtelierException(
                FailureKind.Usage,
                "A hierarchical latent (skip-z) needs the shared embedding: its chunks are joined to the " +
                "class vector. Set model.shared_embedding: true.");
        var chunks = blockCount + 1;
        if (options.LatentSize % chunks != 0)
            throw new AtelierException(
                FailureKind.Usage,
                $"The latent size {options.LatentSize} does not divide into {chunks} equal chunks, one for " +
                $"the first layer and one for each block; use a multiple of {chunks}, such as " +
                $"{Math.Max(1, options.LatentSize / chunks) * chunks}.");
        return options.LatentSize / chunks;
    }

    /// <summary>
    /// Conditioned by a vector where there is one (the class's, a chunk of z, or both joined), by a table
    /// where there are only class ids, plain where there is nothing.
    /// </summary>
    private Module MakeNorm(long channels, SpectralNormOptions? norm, InitializationContext init)
    {
        var size = (options.IsConditional && options.HasSharedEmbedding ? options.SharedEmbeddingSize : 0) +
            (options.HasHierarchicalLatent ? chunkSize : 0);
        if (size > 0)
            return ConditionalBatchNorm2d.FromVector(
                channels, size, options.BatchNormEpsilon, norm, init, options.AddsNormGain);
        if (!options.IsConditional)
            return new BatchNorm2d(channels, options.BatchNormEpsilon, options.AddsNormGain);
        var tables = options.HasNeutralClassTables && init.Kind != WeightInitialization.Blank
            ? init with { Kind = WeightInitialization.Zero }
            : init;
        return ConditionalBatchNorm2d.PerClass(
            channels, options.ClassCount, options.BatchNormEpsilon, tables, options.AddsNormGain);
    }
}
