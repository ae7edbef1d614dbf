using System.Globalization;
using System.Text.RegularExpressions;
using Atelier.Gan.BigGan;

namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// From the names of BigGAN-PyTorch 9845943's state dictionaries of BigGAN-deep to the names here. The
/// tensors need no change.
/// </summary>
public static partial class BigGanDeepPyTorchKeys
{
    /// <summary>The name here for a parameter or buffer of the reference's generator.</summary>
    public static string Generator(string name) => BigGanPyTorchKeys.Generator(name);

    /// <summary>The name here for a parameter or buffer of the reference's discriminator.</summary>
    /// <param name="name">The name there.</param>
    /// <param name="blocksPerStage">Its depth: the blocks of a resolution are one list there.</param>
    public static string Discriminator(string name, int blocksPerStage)
    {
        const string Stem = "input_conv.";
        if (name.StartsWith(Stem, StringComparison.Ordinal)) name = "stem." + name[Stem.Length..];
        return BigGanPyTorchKeys.Discriminator(
            StageMember().Replace(name, match => Flat(match, blocksPerStage)));
    }

    /// <summary>As the reference would have named it with one block to a list.</summary>
    private static string Flat(Match match, int blocksPerStage)
    {
        var first = Number(match, 1) * blocksPerStage;
        var place = Number(match, 2);
        return place < blocksPerStage
            ? string.Create(CultureInfo.InvariantCulture, $"blocks.{first + place}.0.")
            : string.Create(CultureInfo.InvariantCulture, $"blocks.{first + blocksPerStage - 1}.1.");
    }

    private static int Number(Match match, int group) =>
        int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^blocks\.(\d{1,4})\.(\d{1,4})\.", RegexOptions.None, 1000)]
    private static partial Regex StageMember();
}
