using System.Text.RegularExpressions;
using Atelier.Gan.BigGan;
using Atelier.Gan.BigGanDeep;

namespace Atelier.Gan.Import;

/// <summary>Names of BigGAN-PyTorch's tensors, with those that its BatchNorm variants have.</summary>
internal sealed partial class BigGanPyTorchNames(BigGanPyTorchConfig config)
{
    /// <summary>The name here of a tensor of G.</summary>
    public string Generator(string name) => BigGanPyTorchKeys.Generator(Plain(name));

    /// <summary>The name here of a tensor of D.</summary>
    public string Discriminator(string name) => config.IsDeep
        ? BigGanDeepPyTorchKeys.Discriminator(name, config.DiscriminatorDepth)
        : BigGanPyTorchKeys.Discriminator(name);

    /// <summary>
    /// Whether a tensor without a place here is a counter, or a singular vector that only the log saw.
    /// </summary>
    public static bool IsHarmless(string name) => Harmless().IsMatch(name);

    /// <summary>BatchNorm's statistics as the plain variant names them, where the config has
    /// another.</summary>
    private string Plain(string name) =>
        !config.IsCrossReplica && !config.IsMyBatchNorm ? name
        // Statistics under the plain name belong to another BatchNorm, which may compute something else.
        : PlainStatistics().IsMatch(name) ? "?" + name
        : (config.IsCrossReplica ? CrossReplica() : MyBatchNorm()).Replace(name, ".stored_$1");

    [GeneratedRegex(@"(?<!\.bn)\.stored_(mean|var)$", RegexOptions.None, 1000)]
    private static partial Regex PlainStatistics();

    [GeneratedRegex(@"\.bn\.running_(mean|var)$", RegexOptions.None, 1000)]
    private static partial Regex CrossReplica();

    [GeneratedRegex(@"\.bn\.stored_(mean|var)$", RegexOptions.None, 1000)]
    private static partial Regex MyBatchNorm();

    [GeneratedRegex(@"\.(num_batches_tracked|accumulation_counter|(u|sv)[1-9]\d?)$", RegexOptions.None, 1000)]
    private static partial Regex Harmless();
}
