using Atelier.Gan.BigGanDeep;
using Atelier.Torch;

namespace Atelier.Gan.Import;

/// <summary>
/// The BigGAN-deep generators of huggingface/pytorch-pretrained-BigGAN 1e18aed, which DeepMind published for
/// TensorFlow Hub: with 51 sets of BatchNorm statistics by truncation, and without discriminator.
/// </summary>
public static class HfBigGanImporter
{
    /// <summary>Builds the generator of a config and fills it.</summary>
    /// <param name="config">The config.json beside the weights.</param>
    /// <param name="weights">The pytorch_model.bin.</param>
    /// <exception cref="AtelierException">A file cannot be read, or an option has no counterpart here
    /// (Checkpoint).</exception>
    public static ImportedModel Read(string config, string weights)
    {
        var options = new HfBigGanConfig(ForeignConfig.ReadJson(config));
        var names = new HfBigGanNames(options);
        return new ImportPlan
        {
            Family = new BigGanDeepFamily(),
            OptionsJson = BigGanDeepFamily.ToJson(options.Options),
            ConfigSays = options.ToString(),
            Origin = "imported from pytorch-pretrained-BigGAN",
            Generator = new NameMapping(names.Rename, static _ => false) { Prepare = names.Prepare },
            TruncationSets = source => Sets(source, names),
        }.Read(weights, null, null);
    }

    private static Dictionary<string, Tensor> Sets(ForeignWeights weights, HfBigGanNames names) =>
        weights.Tensors.Where(static t => HfBigGanNames.IsSet(t.Key)).ToDictionary(
            t => names.Rename(HfBigGanNames.OneOf(t.Key)), static t => t.Value.Read(),
                StringComparer.Ordinal);
}
