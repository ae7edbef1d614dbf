using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Atelier.Gan.BigGan;
using Atelier.Gan.BigGanDeep;
using Atelier.Nn;

namespace Atelier.Gan.Import;

/// <summary>
/// The options of BigGAN-PyTorch 9845943 (utils.py, prepare_parser) as far as they fix the networks, with
/// that program's defaults, and what it makes of them.
/// </summary>
internal sealed partial class BigGanPyTorchConfig
{
    private const int LargestUnit = 4096;
    private static readonly string[] ActivationOptions = ["G_nl", "D_nl"];
    private static readonly string[] FamilyOptions = ["model", "family"];
    private static readonly string[] ReLUs = ["relu", "inplace_relu", "ir"];
    private readonly ForeignConfig config;

    /// <summary>Reads and checks the options.</summary>
    public BigGanPyTorchConfig(ForeignConfig config)
    {
        this.config = config;
        IsDeep = Family();
        (Resolution, ClassCount) = Images();
        GeneratorUnit = config.Int("G_ch", 64, 1, LargestUnit);
        DiscriminatorUnit = config.Int("D_ch", 64, 1, LargestUnit);
        GeneratorDepth = config.Int("G_depth", IsDeep ? 2 : 1, 1, 16);
        DiscriminatorDepth = config.Int("D_depth", IsDeep ? 2 : 1, 1, 16);
        IsShared = config.Bool("G_shared", false);
        IsHierarchical = config.Bool("hier", false);
        LatentArgument = config.Int("dim_z", 128, 1, 65536);
        SharedSize = config.Int("shared_dim", 0, 0, 65536) is var size and > 0 ? size : LatentArgument;
        IsCrossReplica = config.Bool("cross_replica", false);
        IsMyBatchNorm = config.Bool("mybn", false) && !IsCrossReplica;
        GeneratorAttention = Attention("G_attn");
        DiscriminatorAttention = Attention("D_attn");
        Check();
    }

    /// <summary>Whether it is BigGAN-deep.</summary>
    public bool IsDeep { get; }

    /// <summary>Blocks of a stage of D.</summary>
    public int DiscriminatorDepth { get; }

    /// <summary>BatchNorm over all replicas.</summary>
    public bool IsCrossReplica { get; }

    /// <summary>The program's own BatchNorm, with standing statistics.</summary>
    public bool IsMyBatchNorm { get; }

    /// <summary>Why that program could not have had a discriminator of these options, or null.</summary>
    public string? NoDiscriminator =>
        Resolution == 512 ? "BigGAN-PyTorch has no discriminator for 512 px"
        : IsDeep && Resolution == 32 ? "BigGAN-PyTorch's BigGAN-deep has no discriminator for 32 px"
        : config.Text("D_param", "SN") != "SN" ? "BigGAN-PyTorch's discriminator has spectral norm only"
        : null;

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<string> Remarks => IsCrossReplica
        ?
        [
            "with cross_replica BigGAN-PyTorch's evaluation adds the BatchNorm gain where training on " +
            "several GPUs multiplies by it; the imported model does as its evaluation does.",
        ]
        : [];

    private int Resolution { get; }

    private int ClassCount { get; }

    private int GeneratorUnit { get; }

    private int DiscriminatorUnit { get; }

    private int GeneratorDepth { get; }

    private bool IsShared { get; }

    private bool IsHierarchical { get; }

    private int LatentArgument { get; }

    private int SharedSize { get; }

    private IReadOnlyList<int> GeneratorAttention { get; }

    private IReadOnlyList<int> DiscriminatorAttention { get; }

    /// <summary>The options of a BigGAN here.</summary>
    public BigGanOptions Options()
    {
        // The program cuts z into equal chunks and drops what is left over.
        var slots = IsHierarchical ? BitOperations.Log2((uint)Resolution) - 1 : 1;
        if (LatentArgument < slots) throw config.Wrong("dim_z", $"at least {slots}, one number a block");
        var options = Common(new BigGanOptions
        {
            HasSharedEmbedding = IsShared,
            HasHierarchicalLatent = IsHierarchical,
            HasWideDiscriminator = config.Bool("D_wide", true),
            HasThinFirstBlock = true,
            DiscriminatorAttentionBlocks = AttentionBlocks(),
        });
        options = options with { LatentSize = LatentArgument / slots * slots };
        options.Check();
        return options;
    }

    /// <summary>The options of a BigGAN-deep here.</summary>
    public BigGanDeepOptions DeepOptions()
    {
        var options = Common(new BigGanDeepOptions
        {
            BlocksPerStage = GeneratorDepth,
            DiscriminatorBlocksPerStage = DiscriminatorDepth,
            DiscriminatorAttentionResolutions = DiscriminatorAttention,
        });
        options = options with { LatentSize = LatentArgument };
        options.Check();
        return options;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsDeep ? "BigGANdeep" : "BigGAN")}, resolution {Resolution}, n_classes {ClassCount}, G_ch " +
        $"{GeneratorUnit}, D_ch {DiscriminatorUnit}, dim_z {LatentArgument}, G_shared {IsShared}, " +
        $"shared_dim {SharedSize}, hier {IsHierarchical}, G_attn {string.Join('_', GeneratorAttention)}, " +
        $"D_attn {string.Join('_', DiscriminatorAttention)}, G_param {config.Text("G_param", "SN")}, " +
        $"cross_replica {IsCrossReplica}, mybn {IsMyBatchNorm}");

    private T Common<T>(T options)
        where T : ArchitectureOptions => (T)(options with
        {
            Resolution = Resolution,
            ImageChannels = 3,
            ClassCount = ClassCount,
            GeneratorChannels = GeneratorUnit,
            DiscriminatorChannels = DiscriminatorUnit,
            SharedEmbeddingSize = SharedSize,
            GeneratorAttentionResolutions = GeneratorAttention,
            GeneratorSpectralNorm = config.Text("G_param", "SN") == "SN" ? Norm("num_G_SVs", "num_G_SV_itrs")
                : null,
            DiscriminatorSpectralNorm = Norm("num_D_SVs", "num_D_SV_itrs"),
            BatchNormEpsilon = config.Number("BN_eps", 1e-5),
            // The program does not hand BN_eps to its last BatchNorm.
            OutputNormEpsilon = 1e-5,
            AddsNormGain = IsCrossReplica,
            Initialization = config.Text("G_init", "ortho") switch
            {
                "N02" => WeightInitialization.Normal,
                "glorot" or "xavier" => WeightInitialization.Xavier,
                _ => WeightInitialization.Orthogonal,
            },
        });

    private SpectralNormOptions Norm(string values, string iterations) => new(
        config.Number("SN_eps", 1e-8), config.Int(iterations, 1, 1, 100), config.Int(values, 1, 1, 16));

    private bool Family()
    {
        var words = FamilyOptions.Where(config.Has)
            .Select(name => config.Text(name, "") switch
            {
                "BigGAN" or "biggan" => false,
                "BigGANdeep" or "biggan-deep" or "biggan_deep" or "BigGAN-deep" => true,
                _ => throw config.Wrong(name, "BigGAN or BigGANdeep"),
            }).Distinct().ToList();
        return words.Count < 2
            ? words.FirstOrDefault()
            : throw config.Wrong("family", "the same architecture as model");
    }

    /// <summary>Resolution and classes, given or those of the dataset's name.</summary>
    private (int Resolution, int Classes) Images()
    {
        var dataset = config.Text("dataset", "I128_hdf5");
        var name = dataset.EndsWith("_hdf5", StringComparison.Ordinal) ? dataset[..^"_hdf5".Length] : dataset;
        var (side, classes) = name switch
        {
            "I32" => (32, 1000),
            "I64" => (64, 1000),
            "I256" => (256, 1000),
            "C10" => (32, 10),
            "C100" => (32, 100),
            _ => (128, 1000),
        };
        side = config.Int("resolution", side, 1, 4096);
        return side is 32 or 64 or 128 or 256 or 512
            ? (side, config.Int("n_classes", classes, 1, 1_000_000))
            : throw config.Wrong("resolution", "32, 64, 128, 256 or 512");
    }

    private IReadOnlyList<int> Attention(string name)
    {
        var text = config.Text(name, "64");
        if (!Underscored().IsMatch(text)) throw config.Wrong(name,
            "resolutions such as 64 or 32_64, or 0 for none");
        return [.. text.Split('_').Select(static p => int.Parse(p, CultureInfo.InvariantCulture)).Distinct()];
    }

    /// <summary>
    /// The blocks of D behind which the program puts attention: by a table of resolutions that at 32 px has
    /// 16 for all four blocks, and elsewhere 4 for the last two.
    /// </summary>
    private IReadOnlyList<int> AttentionBlocks()
    {
        var table = Resolution == 32
            ? [16, 16, 16, 16]
            : Enumerable.Range(1, BitOperations.Log2((uint)Resolution) - 2).Select(k =>
                Resolution >> k).Append(4);
        return [.. table.Select(static (side, block) => (side, block))
            .Where(row => DiscriminatorAttention.Contains(row.side)).Select(static row => row.block)];
    }

    private void Check()
    {
        foreach (var name in ActivationOptions)
            if (!ReLUs.Contains(config.Text(name, "relu")))
                throw config.Unsupported(name, "only ReLU is known here (relu, inplace_relu, ir)");
        var style = config.Text("norm_style", "bn");
        if (style != "bn" && !IsCrossReplica && !IsMyBatchNorm)
            throw config.Unsupported("norm_style", "only BatchNorm (bn) is known here");
        if (config.Int("bottom_width", 4, 1, 4096) != 4)
            throw config.Unsupported("bottom_width", "only 4 is known here");
        if (IsHierarchical && !IsShared)
            throw config.Unsupported(
                "hier", "it needs G_shared, because the chunks of z are joined to the shared embedding");
        if (!IsDeep) return;
        if (!IsHierarchical || !IsShared)
            throw config.Unsupported(
                IsShared ? "hier" : "G_shared", "BigGAN-deep runs with G_shared and hier only");
        if (GeneratorDepth != 2 && Resolution != 32)
            throw config.Unsupported(
                "G_depth", "BigGANdeep's generator only runs with 2 where channels change");
    }

    [GeneratedRegex(@"^\d{1,5}(_\d{1,5}){0,15}$", RegexOptions.None, 1000)]
    private static partial Regex Underscored();
}
