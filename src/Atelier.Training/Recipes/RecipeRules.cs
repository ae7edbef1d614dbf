using System.Text.RegularExpressions;
using Atelier.Gan;

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
        rules.ImagesCanBeMade();
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

    private void ImagesCanBeMade()
    {
        if (!Sound("model.resolution"))
            return;
        var resolution = Shape("model.resolution");
        if (ShapePlan.WhyNot(resolution) is { } reason)
            Fault("model.resolution", $"model.resolution is {resolution.ToShortText()}: {reason}");
        AttentionFits("model.attention");
        AttentionFits("model.discriminator_attention");
    }

    private void AttentionFits(string path)
    {
        if (!Sound(path) || Plan is not { } plan)
            return;
        foreach (var side in List(path) ?? [])
        {
            if (!plan.LongSides.Contains((int)side))
                Fault(
                    path,
                    $"{path} names {side} pixels, expected some of {string.Join(", ", plan.LongSides)}, " +
                    "the " +
                    $"longer sides of the maps at model.resolution {plan.Image.ToShortText()}");
        }
    }

    private void SizeIsTheResolution()
    {
        if (Sound("data.size", "model.resolution")
            && values["data.size"].Value is ImageSize size && size != Shape("model.resolution"))
        {
            Fault(
                "data.size",
                $"data.size is {size.ToShortText()} but model.resolution is " +
                $"{Shape("model.resolution").ToShortText()}; make them " +
                "equal, or leave data.size out");
        }
    }

    private void WidthsFitTheResolution(string path, string meaning)
    {
        if (!Sound(path) || List(path) is not { } widths || Plan is not { } plan)
            return;
        if (widths.Count != plan.Stages + 1)
            Fault(
                path,
                $"{path} has {widths.Count} widths, expected {plan.Stages + 1} at " +
                $"{plan.Image.ToShortText()} pixels: " +
                meaning);
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

        if (!Sound("model.latent_size") || Plan is not { } plan)
            return;
        var chunks = plan.Stages + 1;
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

    /// <summary>The plan for the images; null where there is none.</summary>
    private ShapePlan? Plan =>
        Sound("model.resolution") && ShapePlan.WhyNot(Shape("model.resolution")) is null
            ? ShapePlan.Of(Shape("model.resolution"))
            : null;

    private ImageSize Shape(string path) => (ImageSize)values[path].Value!;

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
