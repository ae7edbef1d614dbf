using System.Globalization;
using System.Text.RegularExpressions;

namespace Atelier.Gan.Import;

/// <summary>
/// Names of StudioGAN's big_resnet. Its list of blocks counts attention as an entry of its own.
/// </summary>
internal sealed partial class StudioGanNames
{
    private static readonly (string From, string To)[] Words =
    [
        ("linear0.", "stem."),
        ("linear1.", "linear."),
        ("bn4.weight", "output_norm.gain"),
        ("bn4.bias", "output_norm.bias"),
        ("bn4.running_", "output_norm.statistics.running_"),
        ("conv2d5.", "to_image."),
        ("conv1x1_attn.", "o."),
        ("conv1x1_", ""),
        ("sigma", "gamma"),
        ("bn1.bn.running_", "norm1.statistics.running_"),
        ("bn2.bn.running_", "norm2.statistics.running_"),
        ("bn1.", "norm1."),
        ("bn2.", "norm2."),
        ("conv2d0.", "skip."),
        ("conv2d1.", "conv1."),
        ("conv2d2.", "conv2."),
    ];

    private readonly IReadOnlyList<int> attention;

    private StudioGanNames(IReadOnlyList<int> attention) => this.attention = attention;

    /// <summary>The mapping of a network with attention behind given blocks, counted from 1.</summary>
    public static NameMapping Mapping(IReadOnlyList<int> attention)
    {
        var names = new StudioGanNames([.. attention.Distinct().Order()]);
        return new NameMapping(
            names.Rename, static name => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
        {
            Prepare = static tensors => SpectralFold.Fold(tensors).Select(Scalar),
        };
    }

    private static KeyValuePair<string, ForeignTensor> Scalar(KeyValuePair<string, ForeignTensor> tensor) =>
        tensor.Key.EndsWith(".sigma", StringComparison.Ordinal) && tensor.Value.Shape is [1]
            ? KeyValuePair.Create(tensor.Key, tensor.Value.Then([], static t => t.Reshape([])))
            : tensor;

    private string Rename(string name)
    {
        var match = Entry().Match(name);
        var place = match.Success ? Place(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : "";
        var inner = match.Success ? name[match.Length..] : name;
        foreach (var (from, to) in Words)
            if (inner.StartsWith(from, StringComparison.Ordinal))
                return place + to + inner[from.Length..];
        return place + inner;
    }

    /// <summary>Entry by entry: a block, and attention behind it where there is some.</summary>
    private string Place(int entry)
    {
        var block = 0;
        for (var k = 0; k < entry; k++)
        {
            block++;
            if (!attention.Contains(block)) continue;
            if (++k == entry) return string.Create(CultureInfo.InvariantCulture, $"attention.{block - 1}.");
        }

        return string.Create(CultureInfo.InvariantCulture, $"blocks.{block}.");
    }

    [GeneratedRegex(@"^blocks\.(\d{1,4})\.0\.", RegexOptions.None, 1000)]
    private static partial Regex Entry();
}
