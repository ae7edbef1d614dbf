using Atelier.Training.Ablation;
using Atelier.Training.Recipes;

namespace Atelier.Cli.Work;

/// <summary>One run of an ablation.</summary>
/// <param name="Variant">The row.</param>
/// <param name="Recipe">The row's recipe with the run's seed, settled.</param>
internal sealed record AblateJob(AblationVariant Variant, ResolvedRecipe Recipe)
{
    /// <summary>The run's seed.</summary>
    public long Seed => Recipe.Recipe.Training.Seed;
}
