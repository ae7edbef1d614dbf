using System.Text;
using Atelier.Training.Recipes;

namespace Atelier.Training.Tests.Recipes;

internal static class RecipeFixture
{
    public static ResolvedRecipe Resolve(string yaml, RecipeOverrides? overrides = null) =>
        RecipeResolver.Resolve(Encoding.UTF8.GetBytes(yaml), "r.yaml", overrides);

    public static string[] Faults(string yaml, RecipeOverrides? overrides = null) =>
        Faults(Encoding.UTF8.GetBytes(yaml), overrides);

    public static string[] Faults(byte[] yaml, RecipeOverrides? overrides = null)
    {
        var failure = Assert.Throws<RecipeException>(() => RecipeResolver.Resolve(yaml, "r.yaml", overrides));
        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Equal(string.Join('\n', failure.Faults), failure.Message);
        return [.. failure.Faults.Select(fault => fault.ToString())];
    }
}
