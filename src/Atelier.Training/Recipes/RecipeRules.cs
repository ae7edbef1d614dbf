using System.Numerics;
using System.Text.RegularExpressions;

namespace Atelier.Training.Recipes;

/// <summary>
/// What must hold between the values of a recipe. Each rule speaks only when all it reads is well formed.
/// </summary>
internal sealed partial class RecipeRules
{
    private readonly IReadOnlyDictionary<string, ResolvedValue> values;
    private readonly IReadOnlySet<string> faulty;
    private readonly List<RecipeFault> faults;

    private RecipeRules(
        IReadOnlyDictionary<string, ResolvedValue> values, IReadOnlySet<string> faulty,
        List<RecipeFault> faults)
    {
        this.values = values;
        this.faulty = faulty;
        this.faults = faults;
    }

    public static void Check(
        IReadOnlyDictionary<string, ResolvedValue> values, IReadOnlySet<string> faulty,
        List<RecipeFault> faults)
    {
        var rules = new RecipeRules(values, faulty, faults);
        rules.NameIsAFolderName();
        rules.SidesArePowersOfTwo();
        rules.SizeIsTheResolution();
        rules.WidthsFitTheResolution("model.generator_widths", "the stem's and one for each block");
        rules.WidthsFitTheResolution("model.discriminator_widths", "one for each block");
        rules.SkipZHasChunks();
        rules.LatentVariancesAreInOrder();
        rules.SingularValuesHaveOneTarget();
        rules.EvaluationHasMetrics();
        rules.RecognitionHasClasses();
        rules.CollapseIsLookedFor();
    }

    private void NameIsAFolderName()
    {
        if (Sound("name") && !NamePattern().IsMatch(Text("name")))
        {
            Fault(
                "name",
                $"name is \"{Text("name")}\", expected up to 64 lower-case letters, digits and dashes, " +
                "such as biggan32-cifar10");
        }
    }

    private void SidesArePowersOfTwo()
    {
        if (!Sound("model.resolution"))
            return;
        var resolution = Whole("model.resolution");
        if (!BitOperations.IsPow2(resolution))
        {
            var below = (long)BitOperations.RoundUpToPowerOf2((ulong)resolution) / 2;
            Fault(
                "model.resolution",
                $"model.resolution is {resolution}, expected a power of two such as {below} or {below * 2}");
        }

        AttentionFits("model.attention", resolution);
        AttentionFits("model.discriminator_attention", resolution);
    }

    private void AttentionFits(string path, long resolution)
    {
        if (!Sound(path))
            return;
        foreach (var side in List(path) ?? [])
        {
            if (!BitOperations.IsPow2(side) || side > resolution)
                Fault(
                    path,
                    $"{path} names {side} pixels, expected powers of two from 4 to {resolution} " +
                    "(model.resolution)");
        }
    }

    private void SizeIsTheResolution()
    {
        if (Sound("data.size", "model.resolution")
            && values["data.size"].Value is long size && size != Whole("model.resolution"))
        {
            Fault(
                "data.size",
                $"data.size is {size} but model.resolution is {Whole("model.resolution")}; make them " +
                "equal, or leave data.size out");
        }
    }

    private void WidthsFitTheResolution(string path, string meaning)
    {
        // 4x4 doubles up to the resolution: log2(R / 4) blocks in G, one more in D, so both lists have one
        // length.
        if (!Sound(path, "model.resolution") || List(path) is not { } widths
            || !BitOperations.IsPow2(Whole("model.resolution")))
            return;
        var resolution = Whole("model.resolution");
        var expected = BitOperations.Log2((ulong)resolution) - 1;
        if (widths.Count != expected)
            Fault(
                path,
                $"{path} has {widths.Count} widths, expected {expected} at {resolution} pixels: {meaning}");
    }

    private void SkipZHasChunks()
    {
        if (!Sound("model.hierarchical_latent") || values["model.hierarchical_latent"].Value is not true)
            return;
        if (Sound("model.shared_embedding", "model.conditional")
            && values["model.conditional"].Value is true
            && values["model.shared_embedding"].Value is not true)
        {
            Fault(
                "model.hierarchical_latent",
                "model.hierarchical_latent joins chunks of z to the shared embedding; set " +
                "model.shared_embedding: true as well");
        }

        if (!Sound("model.latent_size", "model.resolution")
            || !BitOperations.IsPow2(Whole("model.resolution")))
            return;
        var chunks = BitOperations.Log2((ulong)Whole("model.resolution")) - 1;
        var size = Whole("model.latent_size");
        if (size % chunks != 0)
        {
            var near = Math.Max(1, size / chunks) * chunks;
            Fault(
                "model.latent_size",
                $"model.latent_size is {size}, expected a multiple of {chunks} (the stem and {chunks - 1} " +
                $"blocks each take an equal chunk), such as {near}");
        }
    }

    private void LatentVariancesAreInOrder()
    {
        if (!Sound("model.latent.variance_low", "model.latent.variance_high")) return;
        var (low, high) = (Number("model.latent.variance_low"), Number("model.latent.variance_high"));
        if (low > high)
            Fault(
                "model.latent.variance_low",
                FormattableString.Invariant(
                    $"model.latent.variance_low is {low}, more than model.latent.variance_high, {high}; ") +
                "swap them");
    }

    private void SingularValuesHaveOneTarget()
    {
        const string Section = "training.regularisation.singular_values";
        if (!Sound($"{Section}.mode", $"{Section}.target", $"{Section}.ratio")) return;
        if (Text($"{Section}.mode") == "none") return;
        var hasTarget = values[$"{Section}.target"].Value is not null;
        var hasRatio = values[$"{Section}.ratio"].Value is not null;
        if (hasTarget == hasRatio)
            Fault(
                $"{Section}.mode",
                $"{Section}.mode is {Text($"{Section}.mode")}, which needs either target or ratio; " +
                (hasTarget ? "set one of them to null" : "set one"));
    }

    private void EvaluationHasMetrics()
    {
        if (Sound("snapshots.metrics", "snapshots.metrics_every_steps")
            && values["snapshots.metrics_every_steps"].Value is not null
            && values["snapshots.metrics"].Value is IReadOnlyList<string> { Count: 0 })
        {
            Fault(
                "snapshots.metrics",
                "snapshots.metrics is empty; name a metric, or set snapshots.metrics_every_steps: null");
        }
    }

    private void CollapseIsLookedFor()
    {
        if (Sound("monitors.every_steps", "monitors.on_collapse")
            && values["monitors.every_steps"].Value is null && Text("monitors.on_collapse") == "rollback")
        {
            Fault(
                "monitors.on_collapse",
                "monitors.on_collapse is rollback, but without monitors no collapse is seen; set " +
                "monitors.every_steps: 50");
        }
    }

    private void RecognitionHasClasses()
    {
        if (Sound("snapshots.metrics", "model.conditional")
            && values["model.conditional"].Value is false
            && values["snapshots.metrics"].Value is IReadOnlyList<string> metrics
            && metrics.Contains("accuracy", StringComparer.Ordinal))
        {
            Fault(
                "snapshots.metrics",
                "snapshots.metrics has accuracy, which asks whether a picture is of the class it was made " +
                "for, but model.conditional is false; leave accuracy out");
        }
    }

    private bool Sound(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (faulty.Contains(path))
                return false;
        }

        return true;
    }

    private long Whole(string path) => (long)values[path].Value!;

    private double Number(string path) => (double)values[path].Value!;

    private string Text(string path) => (string)values[path].Value!;

    private IReadOnlyList<long>? List(string path) => (IReadOnlyList<long>?)values[path].Value;

    private void Fault(string path, string sentence)
    {
        // A default breaks a rule only because something else was set; the sentence names both.
        var position = values[path].Position;
        faults.Add(new(position, sentence));
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
