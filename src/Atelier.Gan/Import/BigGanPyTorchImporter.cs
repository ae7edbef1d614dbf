using Atelier.Gan.BigGan;
using Atelier.Gan.BigGanDeep;

namespace Atelier.Gan.Import;

/// <summary>Weights of BigGAN-PyTorch 9845943: BigGAN and BigGAN-deep.</summary>
public static class BigGanPyTorchImporter
{
    /// <summary>Builds the networks of a config and fills them.</summary>
    /// <param name="config">JSON with the program's own option names; absent ones have its defaults.</param>
    /// <param name="generator">The state dict of G.</param>
    /// <param name="average">The state dict of its average, or null.</param>
    /// <param name="discriminator">The state dict of D, or null.</param>
    /// <exception cref="AtelierException">A file cannot be read, or an option has no counterpart here
    /// (Checkpoint).</exception>
    public static ImportedModel Read(string config, string generator, string? average,
        string? discriminator) =>
        Plan(new BigGanPyTorchConfig(ForeignConfig.ReadJson(config)))
            .Read(generator, average, discriminator);

    private static ImportPlan Plan(BigGanPyTorchConfig config)
    {
        var names = new BigGanPyTorchNames(config);
        var plan = new ImportPlan
        {
            Family = config.IsDeep ? new BigGanDeepFamily() : new BigGanFamily(),
            OptionsJson = config.IsDeep
                ? BigGanDeepFamily.ToJson(config.DeepOptions())
                : BigGanFamily.ToJson(config.Options()),
            ConfigSays = config.ToString(),
            Origin = "imported from BigGAN-PyTorch",
            Generator = new NameMapping(names.Generator, BigGanPyTorchNames.IsHarmless),
            Remarks = config.Remarks,
        };
        return config.NoDiscriminator is { } reason
            ? plan with { NoDiscriminator = reason }
            : plan with { Discriminator =
                new NameMapping(names.Discriminator, BigGanPyTorchNames.IsHarmless) };
    }
}
