using System.Text.RegularExpressions;

namespace Atelier.Gan.BigGan;

/// <summary>
/// From the names of BigGAN-PyTorch 9845943's state dictionaries to the names here. The tensors need no
/// change: shapes and meaning agree.
/// </summary>
public static partial class BigGanPyTorchKeys
{
    private static readonly (string From, string To)[] Leaves =
    [
        ("output_layer.0.", "output_norm."),
        ("output_layer.2.", "to_image."),
        ("conv_sc.", "skip."),
        ("bn1.", "norm1."),
        ("bn2.", "norm2."),
        ("bn3.", "norm3."),
        ("bn4.", "norm4."),
        ("stored_mean", "statistics.running_mean"),
        ("stored_var", "statistics.running_var"),
    ];

    /// <summary>The name here for a parameter or buffer of the reference's generator.</summary>
    public static string Generator(string name) =>
        Common(
            name.StartsWith("linear.", StringComparison.Ordinal) ? "stem." + name["linear.".Length..] : name);

    /// <summary>The name here for a parameter or buffer of the reference's discriminator.</summary>
    public static string Discriminator(string name) =>
        Common(name.StartsWith("embed.", StringComparison.Ordinal)
            ? "embedding." + name["embed.".Length..]
            : name);

    private static string Common(string name)
    {
        // A block is a list of one residual block and, where there is attention, the attention.
        var flat = AttentionBlock().Replace(ResidualBlock().Replace(name, "blocks.$1."), "attention.$1.");
        foreach (var (from, to) in Leaves)
            if (flat.StartsWith(from, StringComparison.Ordinal)) flat = to + flat[from.Length..];
            else flat = flat.Replace("." + from, "." + to, StringComparison.Ordinal);
        return SpectralBuffer().Replace(flat, SpectralName);
    }

    private static string SpectralName(Match match)
    {
        var place = match.Groups[2].Value == "0" ? "" : match.Groups[2].Value;
        return (match.Groups[1].Value == "u" ? ".norm.u" : ".norm.sigma") + place;
    }

    [GeneratedRegex(@"\.(u|sv)(\d+)$", RegexOptions.None, 1000)]
    private static partial Regex SpectralBuffer();

    [GeneratedRegex(@"^blocks\.(\d+)\.0\.", RegexOptions.None, 1000)]
    private static partial Regex ResidualBlock();

    [GeneratedRegex(@"^blocks\.(\d+)\.1\.", RegexOptions.None, 1000)]
    private static partial Regex AttentionBlock();
}
