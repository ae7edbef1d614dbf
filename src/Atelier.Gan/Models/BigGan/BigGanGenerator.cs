using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.BigGan;

/// <summary>
/// The generator of Large Scale GAN Training (Brock, Donahue, Simonyan 2018, arXiv:1809.11096), appendix B;
/// equal to BigGAN-PyTorch 9845943 BigGAN.py Generator, as a test against its output shows.
/// </summary>
public sealed class BigGanGenerator : GeneratorNetwork
{
    private const int BottomSize = 4;
    private readonly BigGanOptions options;
    private readonly Embedding? shared;
    private readonly Linear stem;
    private readonly List<GeneratorBlock> blocks = [];
    private readonly Dictionary<int, SelfAttention2d> attention = [];
    private readonly BatchNorm2d outputNorm;
    private readonly Conv2d toImage;
    private readonly int chunkSize;
    private readonly int stemChannels;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <exception cref="AtelierException">The options contradict each other.</exception>
    public BigGanGenerator(BigGanOptions options, Generator random)
    {
        this.options = options;
        var plan = ChannelPlan.Of(options).Generator;
        var init = new InitializationContext(options.Initialization, random);
        var norm = options.GeneratorSpectralNorm;
        chunkSize = ChunkSize(options, plan.Count);
        stemChannels = plan[0].Inputs;

        // The shared table has no spectral norm in the reference: it feeds linear maps that have.
        if (options.HasSharedEmbedding)
            shared = Child(
                "shared", new Embedding(options.ClassCount, options.SharedEmbeddingSize, null, init)
                {
                    // Classes may be alike; the maps that read the table are what must not be.
                    HasRegularisedWeights = false,
                });
        stem = Child("stem", new Linear(chunkSize, stemChannels * BottomSize * BottomSize, norm, init));
        for (var k = 0; k < plan.Count; k++)
        {
            blocks.Add(
                Child($"blocks.{k}", new GeneratorBlock(plan[k], norm, c => MakeNorm(c, norm, init), init)));
            if (plan[k].HasAttention)
                attention[k] = Child($"attention.{k}", new SelfAttention2d(plan[k].Outputs, norm, init));
        }

        outputNorm = Child("output_norm", new BatchNorm2d(plan[^1].Outputs, options.BatchNormEpsilon));
        toImage = Child("to_image", new Conv2d(plan[^1].Outputs, options.ImageChannels, 3, norm, init));
    }

    /// <summary>What it was built from.</summary>
    public BigGanOptions Options => options;

    /// <inheritdoc/>
    public override int LatentSize => options.LatentSize;

    /// <inheritdoc/>
    public override int ClassCount => options.ClassCount;

    /// <inheritdoc/>
    public override int ImageChannels => options.ImageChannels;

    /// <inheritdoc/>
    public override int Resolution => options.Resolution;

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor classes)
    {
        using var scope = new TensorScope();
        return scope.Keep(shared is null
            ? Run(latent, classes)
            : Run(latent, shared.Forward(classes)));
    }

    /// <inheritdoc/>
    public override Tensor? EmbedClasses(Tensor classes)
    {
        using var scope = new TensorScope();
        return scope.Keep(shared is null
            ? classes.OneHot(ClassCount).To(DType.Float32)
            : shared.Forward(classes));
    }

    /// <inheritdoc/>
    public override Tensor GenerateFromEmbedding(Tensor latent, Tensor embedded) => Run(latent, embedded);

    private static int ChunkSize(BigGanOptions options, int blockCount)
    {
        if (!options.HasHierarchicalLatent) return options.LatentSize;
        if (!options.HasSharedEmbedding)
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
                $"{options.LatentSize / chunks * chunks}.");
        return options.LatentSize / chunks;
    }

    private ConditionalBatchNorm2d MakeNorm(
        long channels, SpectralNormOptions? norm, InitializationContext init)
    {
        if (!options.HasSharedEmbedding)
            return ConditionalBatchNorm2d.PerClass(
                channels, options.ClassCount, options.BatchNormEpsilon, init);
        var size = options.SharedEmbeddingSize + (options.HasHierarchicalLatent ? chunkSize : 0);
        return ConditionalBatchNorm2d.FromVector(channels, size, options.BatchNormEpsilon, norm, init);
    }

    private Tensor Run(Tensor latent, Tensor condition)
    {
        using var scope = new TensorScope();
        var chunks = options.HasHierarchicalLatent ? latent.Split(chunkSize, 1) : [latent];
        var h = stem.Forward(chunks[0])
            .Reshape([-1, stemChannels, BottomSize, BottomSize])     // [N, C0, 4, 4]
            .Contiguous(MemoryFormat.ChannelsLast);
        for (var k = 0; k < blocks.Count; k++)
        {
            var given = options.HasHierarchicalLatent ? Aten.Cat([condition, chunks[k + 1]], 1) : condition;
            h = blocks[k].Forward(h, given);                         // [N, Ck, 8·2^k, 8·2^k]
            if (attention.TryGetValue(k, out var block)) h = block.Forward(h);
        }

        // In float32, so that a bfloat16 run does not band the picture.
        var image = toImage.Forward(outputNorm.Forward(h).Relu());   // [N, C, R, R]
        return scope.Keep(image.To(DType.Float32).Tanh());
    }
}
