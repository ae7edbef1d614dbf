using System.Text.Json;
using Atelier.Torch;

namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// BigGAN-deep by name. Its class embedding is always shared and its z always reaches every block, whatever
/// a recipe says of the two.
/// </summary>
public sealed class BigGanDeepFamily()
    : GanFamily<BigGanDeepOptions>("biggan-deep", BigGanDeepJson.Default.BigGanDeepOptions)
{
    /// <summary>The form in which options are kept in model files.</summary>
    public static string ToJson(BigGanDeepOptions options) =>
        JsonSerializer.Serialize(options, BigGanDeepJson.Default.BigGanDeepOptions);

    /// <remarks>With the output of the published generators, which have the paper's count.</remarks>
    private protected override BigGanDeepOptions OptionsOf(ArchitectureRequest request) =>
        new() { HasFullWidthOutput = true };

    private protected override GeneratorNetwork NewGenerator(BigGanDeepOptions options, Generator random) =>
        new BigGanDeepGenerator(options, random);

    private protected override DiscriminatorNetwork NewDiscriminator(
        BigGanDeepOptions options, Generator random) => new BigGanDeepDiscriminator(options, random);
}
