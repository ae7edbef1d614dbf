using System.Text.Json;
using Atelier.Torch;

namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// BigGAN-deep by name. Its class embedding is always shared and its z always reaches every block, whatever
/// a recipe says of the two.
/// </summary>
public sealed class BigGanDeepFamily : IGanFamily
{
    /// <inheritdoc/>
    public string Name => "biggan-deep";

    /// <summary>The form in which options are kept in model files.</summary>
    public static string ToJson(BigGanDeepOptions options) =>
        JsonSerializer.Serialize(options, BigGanDeepJson.Default.BigGanDeepOptions);

    /// <inheritdoc/>
    public string OptionsJson(ArchitectureRequest request) =>
        ToJson(request.Fill(new BigGanDeepOptions()));

    /// <inheritdoc/>
    public GeneratorNetwork CreateGenerator(string optionsJson, Generator random) =>
        new BigGanDeepGenerator(Parse(optionsJson), random);

    /// <inheritdoc/>
    public DiscriminatorNetwork CreateDiscriminator(string optionsJson, Generator random) =>
        new BigGanDeepDiscriminator(Parse(optionsJson), random);

    private BigGanDeepOptions Parse(string json) =>
        OptionsText.Parse(Name, json, BigGanDeepJson.Default.BigGanDeepOptions);
}
