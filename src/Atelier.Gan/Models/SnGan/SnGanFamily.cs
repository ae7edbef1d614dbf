using Atelier.Torch;

namespace Atelier.Gan.SnGan;

/// <summary>SN-GAN with projection by name; it refuses what its papers do not have.</summary>
public sealed class SnGanFamily() : GanFamily<SnGanOptions>("sngan", SnGanJson.Default.SnGanOptions)
{
    private protected override SnGanOptions OptionsOf(ArchitectureRequest request)
    {
        ArchitectureRequest.Refuse(Name, request.HasSharedEmbedding, "model.shared_embedding", "false");
        ArchitectureRequest.Refuse(Name, request.HasHierarchicalLatent, "model.hierarchical_latent", "false");
        ArchitectureRequest.Refuse(Name, request.HasAttention, "model.attention", "[]");
        ArchitectureRequest.Refuse(
            Name, request.GeneratorSpectralNorm is not null, "model.spectral_norm.generator", "false");
        ArchitectureRequest.Refuse(
            Name, request.DiscriminatorSpectralNorm is null, "model.spectral_norm.discriminator", "true");
        return new SnGanOptions();
    }

    private protected override GeneratorNetwork NewGenerator(SnGanOptions options, Generator random) =>
        new SnGanGenerator(options, random);

    private protected override DiscriminatorNetwork NewDiscriminator(
        SnGanOptions options, Generator random) => new SnGanDiscriminator(options, random);
}
