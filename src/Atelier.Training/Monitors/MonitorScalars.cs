namespace Atelier.Training.Monitors;

/// <summary>
/// The names under which a look is written to <c>stats.jsonl</c> and to TensorBoard; docs/monitors.md lists
/// them.
/// </summary>
public static class MonitorScalars
{
    /// <summary>Most that the largest singular value of a weight of G grew against its recent
    /// median.</summary>
    public const string Growth = "sigma_growth/generator";

    /// <summary>D's accuracy on training images.</summary>
    public const string AccuracyReal = "accuracy/real";

    /// <summary>D's accuracy on held-out images.</summary>
    public const string AccuracyHeldOut = "accuracy/held_out";

    /// <summary>All scalars of a look; those that there are none of are left out.</summary>
    /// <param name="reading">The look.</param>
    /// <param name="growth">What the sentinel computed of the spectra; null while it knows too
    /// little.</param>
    public static IReadOnlyDictionary<string, double> Of(MonitorReading reading, double? growth)
    {
        var scalars = new Dictionary<string, double>(StringComparer.Ordinal);
        if (growth is { } most) scalars[Growth] = most;
        Add(scalars, "generator", reading.GeneratorSpectra, reading.GeneratorNorms);
        Add(scalars, "discriminator", reading.DiscriminatorSpectra, reading.DiscriminatorNorms);
        var game = reading.Game;
        scalars[AccuracyReal] = game.AccuracyReal;
        scalars["accuracy/fake"] = game.AccuracyFake;
        scalars["logits/probe_real"] = game.LogitReal;
        scalars["logits/probe_fake"] = game.LogitFake;
        if (game.AccuracyHeldOut is { } unseen) scalars[AccuracyHeldOut] = unseen;
        if (game.LogitHeldOut is { } logit) scalars["logits/probe_held_out"] = logit;
        if (game.MemorisationGap is { } gap) scalars["memorisation/gap"] = gap;
        scalars["diversity/pixels"] = game.PixelDiversity;
        scalars["diversity/features"] = game.FeatureDiversity;
        return scalars;
    }

    private static void Add(
        Dictionary<string, double> scalars, string network, IReadOnlyDictionary<string, double[]> spectra,
        NetworkNorms norms)
    {
        foreach (var (layer, values) in spectra)
            for (var k = 0; k < values.Length; k++)
                scalars[$"sigma{k}/{network}.{layer}"] = values[k];
        scalars[$"weight_norm/{network}"] = norms.Weight;
        scalars[$"gradient_norm/{network}"] = norms.Gradient;
        foreach (var (layer, norm) in norms.Weights) scalars[$"weight_norm/{network}.{layer}"] = norm;
        foreach (var (layer, norm) in norms.Gradients) scalars[$"gradient_norm/{network}.{layer}"] = norm;
    }
}
