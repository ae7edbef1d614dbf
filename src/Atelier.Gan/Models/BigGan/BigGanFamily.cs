using System.Text.Json;
using Atelier.Torch;

namespace Atelier.Gan.BigGan;

/// <summary>BigGAN by name.</summary>
public sealed class BigGanFamily() : GanFamily<BigGanOptions>("biggan", BigGanJson.Default.BigGanOptions)
{
    /// <summary>The form in which options are kept in model files.</summary>
    public static string ToJson(BigGanOptions options) =>
        JsonSerializer.Serialize(options, BigGanJson.Default.BigGanOptions);

    private protected override BigGanOptions OptionsOf(ArchitectureRequest request) =>
        new()
        {
            HasSharedEmbedding = request.HasSharedEmbedding,
            HasHierarchicalLatent = request.HasHierarchicalLatent,
        };

    private protected override GeneratorNetwork NewGenerator(BigGanOptions options, Generator random) =>
        new BigGanGenerator(options, random);

    private protected override DiscriminatorNetwork NewDiscriminator(
        BigGanOptions options, Generator random) => new BigGanDiscriminator(options, random);
}
