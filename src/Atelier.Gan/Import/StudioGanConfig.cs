using System.Globalization;
using Atelier.Gan.BigGan;

namespace Atelier.Gan.Import;

/// <summary>
/// The sections DATA and MODEL of a StudioGAN config (config.py), and what they are here. Spectral norm is
/// folded into the weights, because that program's evaluation does no power iteration.
/// </summary>
internal sealed class StudioGanConfig
{
    private const double Epsilon = 1e-4;

    private static readonly Dictionary<int, (int[] Generator, int[] Discriminator)> Widths = new()
    {
        [32] = ([4, 4, 4, 4], [2, 2, 2, 2]),
        [64] = ([16, 8, 4, 2, 1], [1, 2, 4, 8, 16]),
        [128] = ([16, 16, 8, 4, 2, 1], [1, 2, 4, 8, 16, 16]),
        [256] = ([16, 16, 8, 8, 4, 2, 1], [1, 2, 4, 8, 8, 16, 16]),
        [512] = ([16, 16, 8, 8, 4, 2, 1, 1], [1, 1, 2, 4, 8, 8, 16, 16]),
    };

    private readonly ForeignConfig model;
    private readonly string condition;

    /// <summary>Reads and checks the options.</summary>
    public StudioGanConfig(ForeignConfig config)
    {
        var data = config.Section("DATA");
        model = config.Section("MODEL");
        Only("backbone", "resnet", "big_resnet");
        Only("g_act_fn", "ReLU", "ReLU");
        Only("d_act_fn", "ReLU", "ReLU");
        Only("info_type", "N/A", "N/A");
        condition = Only("g_cond_mtd", "W/O", "cBN", "W/O");
        var side = data.Int("img_size", 32, 1, 4096);
        if (!Widths.TryGetValue(side, out var widths)) throw data.Wrong("img_size",
            "32, 64, 128, 256 or 512");
        var attends = model.Bool("apply_attn", false);
        GeneratorAttention = attends ? model.Ints("attn_g_loc") : [];
        DiscriminatorAttention = attends ? model.Ints("attn_d_loc") : [];
        Options = new BigGanOptions
        {
            Resolution = side,
            ImageChannels = 3,
            IsConditional = condition == "cBN",
            ClassCount = condition == "cBN" ? data.Int("num_classes", 10, 1, 1_000_000) : 1,
            GeneratorChannels = model.Int("g_conv_dim", 64, 1, 4096),
            DiscriminatorChannels = model.Int("d_conv_dim", 64, 1, 4096),
            GeneratorWidths = widths.Generator,
            DiscriminatorWidths = widths.Discriminator,
            LatentSize = model.Int("z_dim", 128, 1, 65536),
            HasSharedEmbedding = condition == "cBN",
            SharedEmbeddingSize = condition == "cBN" ? model.Int("g_shared_dim", 0, 1, 65536) : 128,
            HasHierarchicalLatent = true,
            HasRectifiedSkips = true,
            GeneratorAttentionResolutions = [.. GeneratorAttention.Select(static k => 4 << k)],
            DiscriminatorAttentionBlocks = [.. DiscriminatorAttention.Select(static k => k - 1)],
            GeneratorSpectralNorm = null,
            DiscriminatorSpectralNorm = null,
            BatchNormEpsilon = Epsilon,
        };
        if (condition == "cBN" && Options.SharedEmbeddingSize == 0)
            throw model.Wrong("g_shared_dim", "the size of the shared class embedding");
        if (Options.LatentSize % widths.Generator.Length != 0)
            throw model.Wrong("z_dim",
                $"a multiple of {widths.Generator.Length}, a chunk for each block and one more");
        Options.Check();
    }

    /// <summary>The options of a BigGAN here.</summary>
    public BigGanOptions Options { get; }

    /// <summary>Blocks of G, from 1, behind which attention stands.</summary>
    public IReadOnlyList<int> GeneratorAttention { get; }

    /// <summary>Blocks of D, from 1, behind which attention stands.</summary>
    public IReadOnlyList<int> DiscriminatorAttention { get; }

    /// <summary>Why the discriminator has no counterpart here, or null.</summary>
    public string? NoDiscriminator
    {
        get
        {
            var head = model.Text("d_cond_mtd", "W/O");
            if (head != (condition == "cBN" ? "PD" : "W/O"))
                return $"its head is {head}, and only projection (PD) with cBN, or W/O with W/O, is known " +
                    $"here";
            if (model.Text("aux_cls_type", "W/O") != "W/O")
                return $"it has an auxiliary classifier ({model.Text("aux_cls_type", "")})";
            return model.Bool("apply_d_sn", false) ? null : "it has BatchNorm instead of spectral norm";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"backbone big_resnet, img_size {Options.Resolution.ToShortText()}, num_classes " +
        $"{Options.ClassCount}, g_cond_mtd " +
        $"{condition}, g_conv_dim {Options.GeneratorChannels}, d_conv_dim {Options.DiscriminatorChannels}, " +
        $"z_dim {Options.LatentSize}, g_shared_dim {Options.SharedEmbeddingSize}, attn_g_loc " +
        $"[{string.Join(", ", GeneratorAttention)}], attn_d_loc " +
            $"[{string.Join(", ", DiscriminatorAttention)}]");

    private string Only(string name, string standard, params string[] known)
    {
        var word = model.Text(name, standard);
        return known.Contains(word)
            ? word
            : throw model.Unsupported(name, $"only {string.Join(" and ", known)} can be imported");
    }
}
