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
        rules.EvaluationHasMetrics();
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
