using System.Text.Json;
using Atelier.Torch;

namespace Atelier.Gan.BigGan;

/// <summary>BigGAN by name.</summary>
public sealed class BigGanFamily : IGanFamily
{
    /// <inheritdoc/>
    public string Name => "biggan";

    /// <summary>The form in which options are kept in model files.</summary>
    public static string ToJson(BigGanOptions options) =>
        JsonSerializer.Serialize(options, BigGanJson.Default.BigGanOptions);

    /// <inheritdoc/>
    public string OptionsJson(ArchitectureRequest request)
    {
        var options = request.Fill(new BigGanOptions
        {
            HasSharedEmbedding = request.HasSharedEmbedding,
            HasHierarchicalLatent = request.HasHierarchicalLatent,
        });
        return ToJson(options);
    }

    /// <inheritdoc/>
    public GeneratorNetwork CreateGenerator(string optionsJson, Generator random) =>
        new BigGanGenerator(Parse(optionsJson), random);

    /// <inheritdoc/>
    public DiscriminatorNetwork CreateDiscriminator(string optionsJson, Generator random) =>
        new BigGanDiscriminator(Parse(optionsJson), random);

    private BigGanOptions Parse(string json) =>
        OptionsText.Parse(Name, json, BigGanJson.Default.BigGanOptions);
}
