namespace Atelier.Training.Recipes;

/// <summary>The keys of <c>monitors</c>.</summary>
internal static class MonitorFields
{
    public static IEnumerable<RecipeField> All() =>
    [
        new RecipeField
        {
            Path = "monitors.every_steps",
            Kind = FieldKind.Integer,
            Doc = "A look at singular values, norms, D's memory and diversity; null: never, and no sentinel.",
            Unit = "steps",
            Default = 50L,
            Nullable = true,
            Minimum = 1,
            Maximum = 1_000_000,
        },
        new RecipeField
        {
            Path = "monitors.images",
            Kind = FieldKind.Integer,
            Doc = "Training, held-out and generated images that D is shown at a look, each.",
            Unit = "images",
            Default = 64L,
            Minimum = 2,
            Maximum = 65536,
        },
        new RecipeField
        {
            Path = "monitors.on_collapse",
            Kind = FieldKind.Choice,
            Doc = "At a collapse: stop with exit code 6, go back with a lower lr of G, or only warn.",
            Default = "stop",
            Choices = RecipeWords.Of<CollapseAction>(),
        },
        new RecipeField
        {
            Path = "monitors.rollback_rate",
            Kind = FieldKind.Number,
            Doc = "Factor on the generator's learning rate at each rollback.",
            Default = 0.5,
            Minimum = 0,
            AboveMinimum = true,
            Maximum = 1,
        },
        new RecipeField
        {
            Path = "monitors.most_rollbacks",
            Kind = FieldKind.Integer,
            Doc = "Rollbacks of one run; the collapse after the last of them ends it.",
            Default = 3L,
            Minimum = 0,
            Maximum = 1000,
        },
    ];
}
