using System.Globalization;
using Atelier.Gan.BigGanDeep;

namespace Atelier.Gan.Import;

/// <summary>The config.json of pytorch-pretrained-BigGAN (config.py), and what it is here.</summary>
internal sealed class HfBigGanConfig
{
    private const int FirstWidth = 16;
    private readonly ForeignConfig config;
    private readonly IReadOnlyList<(bool Doubles, int Inputs, int Outputs)> layers;

    /// <summary>Reads and checks the options.</summary>
    public HfBigGanConfig(ForeignConfig config)
    {
        this.config = config;
        layers = config.Rows("layers");
        Width = config.Int("channel_width", 128, 3, 4096);
        LatentSize = config.Int("z_dim", 128, 1, 32768);
        StatisticsSets = config.Int("n_stats", 51, 2, 10_000);
        AttentionPosition = config.Int("attention_layer_position", 8, 0, 1024);
        var resolution = config.Int("output_dim", 128, 1, 4096);
        var depth = Depth(resolution);
        Options = new BigGanDeepOptions
        {
            Resolution = resolution,
            ImageChannels = 3,
            ClassCount = config.Int("num_classes", 1000, 1, 1_000_000),
            GeneratorChannels = Width,
            GeneratorWidths =
                [FirstWidth, .. layers.Where(static l => l.Doubles).Select(static l => l.Outputs)],
            BlocksPerStage = depth,
            LatentSize = LatentSize,
            SharedEmbeddingSize = LatentSize,
            GeneratorAttentionResolutions = Attention(depth),
            GeneratorSpectralNorm = null,
            BatchNormEpsilon = config.Number("eps", 1e-4),
            HasFullWidthOutput = true,
        };
        Options.Check();
    }

    /// <summary>The options of a BigGAN-deep here.</summary>
    public BigGanDeepOptions Options { get; }

    /// <summary>Channels of the last layers.</summary>
    public int Width { get; }

    /// <summary>Size of z, and of the class embedding.</summary>
    public int LatentSize { get; }

    /// <summary>Sets of statistics.</summary>
    public int StatisticsSets { get; }

    /// <summary>The place of self-attention among the layers.</summary>
    public int AttentionPosition { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"output_dim {Options.Resolution.ToShortText()}, num_classes {Options.ClassCount}, channel_width " +
        $"{Width}, z_dim " +
        $"{LatentSize}, {layers.Count} layers, attention_layer_position {AttentionPosition}, n_stats " +
        $"{StatisticsSets}");

    /// <summary>
    /// Blocks of a stage. Only the last of a stage doubles the side and may halve the channels; each stage
    /// has as many, and widths run from 16 to 1.
    /// </summary>
    private int Depth(int resolution)
    {
        var depth = layers.TakeWhile(static l => !l.Doubles).Count() + 1;
        var width = FirstWidth;
        for (var k = 0; k < layers.Count; k++)
        {
            var (doubles, inputs, outputs) = layers[k];
            var isLast = k % depth == depth - 1;
            var drops = inputs == outputs || (isLast && inputs == 2 * outputs);
            if (inputs != width || doubles != isLast || !drops) throw Unlike();
            width = outputs;
        }

        var stages = layers.Count / depth;
        return width == 1 && layers.Count % depth == 0 && stages < 16 && resolution == 4 << stages
            ? depth
            : throw Unlike();
    }

    private IReadOnlyList<int> Attention(int depth)
    {
        if (AttentionPosition >= layers.Count) return [];
        return AttentionPosition > 0 && AttentionPosition % depth == 0
            ? [4 << (AttentionPosition / depth)]
            : throw config.Unsupported(
                "attention_layer_position",
                    "attention is known here behind the last block of a resolution only");
    }

    private AtelierException Unlike() => config.Unsupported(
        "layers",
        "expected stages of equally many [false, n, n] and one [true, n, n or n/2], from 16 down to 1, as " +
        "many as output_dim needs from 4 px on");
}
