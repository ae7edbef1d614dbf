using System.Globalization;
using Atelier.Gan;
using Atelier.Training.Recipes;

namespace Atelier.Training.Ablation;

/// <summary>The rows of an ablation.</summary>
public static class AblationPlan
{
    /// <summary>The baseline, then a row for each change.</summary>
    /// <param name="recipe">What the baseline is made from.</param>
    /// <param name="names">Names of changes; their order is the paper's, whatever the order here.</param>
    /// <param name="oneAtATime">Each change alone over the baseline, instead of on top of those before
    /// it.</param>
    /// <param name="batchFactor">By what the batch grows in the row "batch".</param>
    /// <exception cref="AtelierException">A change is named twice (Usage).</exception>
    public static IReadOnlyList<AblationVariant> Of(
        Recipe recipe, IReadOnlyList<string> names, bool oneAtATime, double batchFactor)
    {
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new AtelierException(
                FailureKind.Usage, $"A row is named twice in {string.Join(",", names)}; name each once.");
        var changes = AblationChange.All.Where(c => names.Contains(c.Name)).ToList();
        List<(string, string)> start = [.. AblationChange.Baseline, .. ChunkedLatent(recipe, changes)];
        var variants = new List<AblationVariant>
        {
            new(AblationVariant.Baseline, AblationVariant.Baseline, null, null, start),
        };
        foreach (var change in changes)
        {
            var before = oneAtATime ? variants[0] : variants[^1];
            var label = Label(change, changes, oneAtATime);
            variants.Add(new AblationVariant(
                before.Change is null ? label : $"{before.Name}+{label}", label, change, before.Name,
                [.. before.Settings, .. change.Settings(recipe, batchFactor)]));
        }

        return variants;
    }

    /// <summary>The change, and what it brings along where no row before has that.</summary>
    private static string Label(AblationChange change, List<AblationChange> changes, bool oneAtATime)
    {
        var brings = change.Needs.Length > 0 && (oneAtATime || changes.All(c => c.Name != change.Needs));
        return brings ? $"{change.Needs}+{change.Name}" : change.Name;
    }

    /// <summary>
    /// Skip-z cuts z into equal chunks, one for the stem and one for each block. Where the recipe's z does
    /// not divide, every row gets the next smaller one that does, so that its size is no second change.
    /// </summary>
    private static IEnumerable<(string, string)> ChunkedLatent(Recipe recipe, List<AblationChange> changes)
    {
        var chunks = ShapePlan.Of(recipe.Model.Resolution).Stages + 1;
        var size = recipe.Model.LatentSize;
        if (size % chunks == 0 || changes.All(static c => c.Name != "skip-z")) yield break;
        yield return ("model.latent_size",
            Math.Max(chunks, size / chunks * chunks).ToString(CultureInfo.InvariantCulture));
    }
}
