using System.Globalization;
using System.Text.RegularExpressions;
using Atelier.Torch;

namespace Atelier.Gan.Import;

/// <summary>
/// Names and layouts of pytorch-pretrained-BigGAN. Its vectors join z and class the other way round, its
/// first layer's outputs lie as TensorFlow has them (height, width, channel), and its class embedding is
/// transposed.
/// </summary>
internal sealed partial class HfBigGanNames(HfBigGanConfig config)
{
    private const int BottomSize = 4;

    /// <summary>Whether a tensor holds statistics for each truncation.</summary>
    public static bool IsSet(string name) =>
        name.EndsWith(".running_means", StringComparison.Ordinal) ||
        name.EndsWith(".running_vars", StringComparison.Ordinal);

    /// <summary>The name of one set's statistics.</summary>
    public static string OneOf(string name) => name[..^1];

    /// <summary>Folds spectral norm, takes the statistics of truncation 1, and turns layouts.</summary>
    public IEnumerable<KeyValuePair<string, ForeignTensor>> Prepare(
        IReadOnlyList<KeyValuePair<string, ForeignTensor>> tensors) =>
        SpectralFold.Fold(tensors).Select(t => Turned(t.Key, t.Value));

    /// <summary>The name here.</summary>
    public string Rename(string name)
    {
        if (name == "embeddings.weight") return "shared.weight";
        if (!name.StartsWith("generator.", StringComparison.Ordinal)) return "?" + name;
        var inner = Layer().Replace(name["generator.".Length..], Place);
        foreach (var (from, to) in Words) inner = Regex.Replace(inner, from, to, RegexOptions.None, Limit);
        return inner;
    }

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static readonly (string From, string To)[] Words =
    [
        ("^gen_z\\.", "stem."),
        ("^conv_to_rgb\\.", "to_image."),
        ("^bn\\.weight$", "output_norm.gain"),
        ("^bn\\.", "output_norm."),
        ("\\.snconv1x1_o_conv\\.", ".o."),
        ("\\.snconv1x1_", "."),
        ("\\.bn_0\\.", ".norm1."),
        ("\\.bn_1\\.", ".norm2."),
        ("\\.bn_2\\.", ".norm3."),
        ("\\.bn_3\\.", ".norm4."),
        ("\\.conv_0\\.", ".conv1."),
        ("\\.conv_1\\.", ".conv2."),
        ("\\.conv_2\\.", ".conv3."),
        ("\\.conv_3\\.", ".conv4."),
        ("\\.scale\\.", ".gain."),
        ("\\.offset\\.", ".bias."),
        ("\\.running_", ".statistics.running_"),
    ];

    private KeyValuePair<string, ForeignTensor> Turned(string name, ForeignTensor tensor)
    {
        var shape = tensor.Shape;
        if (IsSet(name) && shape is [var count, var channels] && count == config.StatisticsSets)
            return KeyValuePair.Create(OneOf(name), tensor.Then([channels], static t => t.Select(0, -1)));
        var turned = name switch
        {
            "embeddings.weight" when shape.Count == 2 => tensor.Then([shape[1], shape[0]], static t => t.T()),
            "generator.gen_z.weight" when shape.Count == 2 && IsStem(shape[0]) =>
                tensor.Then(shape, t => ClassFirst(ChannelFirst(t))),
            "generator.gen_z.bias" when shape.Count == 1 && IsStem(shape[0]) =>
                tensor.Then(shape, ChannelFirst),
            _ when Condition().IsMatch(name) && shape.Count == 2 => tensor.Then(shape, ClassFirst),
            _ when name.EndsWith(".gamma", StringComparison.Ordinal) && shape is [1] =>
                tensor.Then([], static t => t.Reshape([])),
            _ => tensor,
        };
        return KeyValuePair.Create(name, turned);
    }

    private static bool IsStem(long rows) => rows % (BottomSize * BottomSize) == 0;

    /// <summary>Rows from (height, width, channel) to (channel, height, width).</summary>
    private static Tensor ChannelFirst(Tensor rows)
    {
        var square = BottomSize * BottomSize;
        var inputs = rows.Rank == 2 ? rows.Size(1) : 1;
        return rows.Reshape([square, -1, inputs]).Transpose(0, 1).Reshape(rows.Shape);
    }

    /// <summary>Columns from (z, class) to (class, z).</summary>
    private Tensor ClassFirst(Tensor weight)
    {
        var size = config.LatentSize;
        return weight.Size(1) == 2 * size
            ? Aten.Cat([weight.Narrow(1, size, size), weight.Narrow(1, 0, size)], 1)
            : weight;
    }

    /// <summary>There attention is a layer among the blocks; here it stands behind one.</summary>
    private string Place(Match match)
    {
        var layer = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return layer == config.AttentionPosition && config.Options.GeneratorAttentionResolutions.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"attention.{layer - 1}.")
            : string.Create(
                CultureInfo.InvariantCulture,
                    $"blocks.{(layer < config.AttentionPosition ? layer : layer - 1)}.");
    }

    [GeneratedRegex(@"^layers\.(\d{1,4})\.", RegexOptions.None, 1000)]
    private static partial Regex Layer();

    [GeneratedRegex(@"\.bn_\d\.(scale|offset)\.weight$", RegexOptions.None, 1000)]
    private static partial Regex Condition();
}
