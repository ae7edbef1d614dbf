using Atelier.Torch;

namespace Atelier.Gan.Sagan;

/// <summary>SAGAN by name; it refuses what its paper does not have.</summary>
public sealed class SaganFamily() : GanFamily<SaganOptions>("sagan", SaganJson.Default.SaganOptions)
{
    private protected override SaganOptions OptionsOf(ArchitectureRequest request)
    {
        ArchitectureRequest.Refuse(Name, request.HasSharedEmbedding, "model.shared_embedding", "false");
        ArchitectureRequest.Refuse(Name, request.HasHierarchicalLatent, "model.hierarchical_latent", "false");
        ArchitectureRequest.Refuse(
            Name, request.GeneratorSpectralNorm is null, "model.spectral_norm.generator", "true");
        ArchitectureRequest.Refuse(
            Name, request.DiscriminatorSpectralNorm is null, "model.spectral_norm.discriminator", "true");
        return new SaganOptions();
    }

    private protected override GeneratorNetwork NewGenerator(SaganOptions options, Generator random) =>
        new SaganGenerator(options, random);

    private protected override DiscriminatorNetwork NewDiscriminator(
        SaganOptions options, Generator random) => new SaganDiscriminator(options, random);
}
