using Atelier.Training.Ablation;
using Atelier.Training.Recipes;
using Atelier.Training.Tests.Loop;

namespace Atelier.Training.Tests.Ablation;

public sealed class AblationPlanTests
{
    private static readonly string[] All = ["ortho", "skip-z", "shared", "width", "batch"];

    [Fact]
    public void Of_AllRows_AddsEachChangeToThoseBeforeItInThePapersOrder()
    {
        var recipes = Recipes(AblationPlan.Of(TinyRun.RecipeOf().Recipe, All, false, 2));

        Assert.Equal(
            ["baseline", "batch", "width", "shared", "skip-z", "ortho"], recipes.Select(r => r.Name));
        Assert.Equal([4, 8, 8, 8, 8, 8], recipes.Select(r => r.Recipe.Training.BatchSize));
        Assert.Equal([2, 2, 3, 3, 3, 3], recipes.Select(r => r.Recipe.Model.Channels));
        Assert.Equal(
            [false, false, false, true, true, true], recipes.Select(r => r.Recipe.Model.SharedEmbedding));
        Assert.Equal(
            [false, false, false, false, true, true], recipes.Select(r => r.Recipe.Model.HierarchicalLatent));
        Assert.Equal(
            [0, 0, 0, 0, 0, 1e-4],
            recipes.Select(r => r.Recipe.Training.Regularisation.Orthogonal.Generator));
    }

    [Fact]
    public void Of_OneAtATime_PutsEachChangeOverTheBaselineAlone()
    {
        var variants = AblationPlan.Of(TinyRun.RecipeOf().Recipe, All, true, 4);
        var recipes = Recipes(variants);

        Assert.Equal(
            ["baseline", "batch", "width", "shared", "shared+skip-z", "ortho"], recipes.Select(r => r.Name));
        Assert.Equal([4, 16, 4, 4, 4, 4], recipes.Select(r => r.Recipe.Training.BatchSize));
        Assert.Equal(
            [false, false, false, true, true, false], recipes.Select(r => r.Recipe.Model.SharedEmbedding));
        Assert.All(variants.Skip(1), static v => Assert.Equal("baseline", v.ComparedWith));
    }

    [Fact]
    public void Of_AnyRows_NamesARecipeByAllItsChanges()
    {
        var start = TinyRun.RecipeOf().Recipe;

        Assert.Equal(
            ["baseline", "batch", "batch+shared", "batch+shared+skip-z"],
            AblationPlan.Of(start, ["batch", "shared", "skip-z"], false, 2).Select(static v => v.Name));
        Assert.Equal(
            ["baseline", "batch", "shared", "shared+skip-z"],
            AblationPlan.Of(start, ["batch", "shared", "skip-z"], true, 2).Select(static v => v.Name));
    }

    [Fact]
    public void Of_SkipZWithoutShared_BringsItAlong()
    {
        var variants = AblationPlan.Of(TinyRun.RecipeOf().Recipe, ["skip-z"], false, 2);

        Assert.Equal(["baseline", "shared+skip-z"], variants.Select(static v => v.Label));
        Assert.True(Recipes(variants)[1].Recipe.Model.SharedEmbedding);
    }

    [Fact]
    public void Of_ALatentThatDoesNotDivide_ShrinksItInEveryRow()
    {
        var start = TinyRun.RecipeOf("model.latent_size=11").Recipe;

        // Three blocks and the stem at 32 px: four chunks.
        Assert.All(
            Recipes(AblationPlan.Of(start, ["skip-z"], false, 2)),
            static r => Assert.Equal(8, r.Recipe.Model.LatentSize));
        Assert.All(
            Recipes(AblationPlan.Of(start, ["shared"], false, 2), "model.latent_size=11"),
            static r => Assert.Equal(11, r.Recipe.Model.LatentSize));
    }

    [Fact]
    public void Of_ARecipeThatHasTheChanges_TakesThemFromItsBaseline()
    {
        string[] set =
        [
            "model.shared_embedding=true", "model.hierarchical_latent=true",
            "training.regularisation.orthogonal.generator=0.1",
        ];

        var baseline = Recipes(AblationPlan.Of(TinyRun.RecipeOf(set).Recipe, ["shared"], false, 2), set)[0];

        Assert.False(baseline.Recipe.Model.SharedEmbedding);
        Assert.False(baseline.Recipe.Model.HierarchicalLatent);
        Assert.Equal(0, baseline.Recipe.Training.Regularisation.Orthogonal.Generator);
    }

    [Fact]
    public void Of_ARowTwice_IsRefused() => Assert.Throws<AtelierException>(
        () => AblationPlan.Of(TinyRun.RecipeOf().Recipe, ["batch", "batch"], false, 2));

    private static List<(string Name, Recipe Recipe)> Recipes(
        IReadOnlyList<AblationVariant> variants, params string[] set) =>
    [
        .. variants.Select(v => (
            v.Label,
            TinyRun.RecipeOf([.. set, .. v.Settings.Select(static s => $"{s.Key}={s.Value}")]).Recipe)),
    ];
}
