using Atelier.Gan.BigGan;

namespace Atelier.Gan.Import;

/// <summary>Checkpoints of PyTorch-StudioGAN 947b35e with the backbone big_resnet.</summary>
public static class StudioGanImporter
{
    /// <summary>Builds the networks of a config and fills them.</summary>
    /// <param name="config">The YAML of the run.</param>
    /// <param name="generator">model=G-….pth.</param>
    /// <param name="average">model=G_ema-….pth, or null.</param>
    /// <param name="discriminator">model=D-….pth, or null.</param>
    /// <exception cref="AtelierException">A file cannot be read, or an option has no counterpart here
    /// (Checkpoint).</exception>
    public static ImportedModel Read(string config, string generator, string? average, string? discriminator)
    {
        var options = new StudioGanConfig(ForeignConfig.ReadYaml(config));
        var plan = new ImportPlan
        {
            Family = new BigGanFamily(),
            OptionsJson = BigGanFamily.ToJson(options.Options),
            ConfigSays = options.ToString(),
            Origin = "imported from PyTorch-StudioGAN",
            Generator = StudioGanNames.Mapping(options.GeneratorAttention),
            NoDiscriminator = options.NoDiscriminator ?? "",
            Discriminator = options.NoDiscriminator is null
                ? StudioGanNames.Mapping(options.DiscriminatorAttention)
                : null,
        };
        return plan.Read(generator, average, discriminator);
    }
}
