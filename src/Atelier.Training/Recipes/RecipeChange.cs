namespace Atelier.Training.Recipes;

/// <summary>A value that differs between two settled recipes.</summary>
/// <param name="Field">Its field.</param>
/// <param name="Old">The value before, as a recipe spells it.</param>
/// <param name="New">The value now.</param>
public sealed record RecipeChange(RecipeField Field, string Old, string New)
{
    /// <summary>What differs, in the order of the schema.</summary>
    public static IReadOnlyList<RecipeChange> Between(ResolvedRecipe before, ResolvedRecipe after)
    {
        var old = before.Values.ToDictionary(
            static v => v.Field.Path, static v => RecipeWriter.Spell(v.Field, v.Value),
            StringComparer.Ordinal);
        return
        [
            .. after.Values
                .Select(v => new RecipeChange(
                    v.Field, old[v.Field.Path], RecipeWriter.Spell(v.Field, v.Value)))
                .Where(static c => c.Old != c.New),
        ];
    }

    /// <summary>Fails when a run that goes on cannot take one of the changes.</summary>
    /// <exception cref="AtelierException">A field is fixed once a run has begun (Usage); all such are
    /// named.</exception>
    public static void CheckResumable(IReadOnlyList<RecipeChange> changes)
    {
        var fixedOnes = changes.Where(static c => c.Field.IsFixedInARun).ToList();
        if (fixedOnes.Count == 0) return;
        throw new AtelierException(
            FailureKind.Usage,
            $"The run was begun with {Listed(static c => c.Old)} and cannot go on with " +
            $"{Listed(static c => c.New)}: its weights or its order of images were made that way. Leave " +
            "that as it was, or begin another run with another --out.");

        string Listed(Func<RecipeChange, string> value) =>
            string.Join(", ", fixedOnes.Select(c => $"{c.Field.Path} {value(c)}"));
    }

    /// <summary>The change in words: <c>training.steps from 100 to 200</c>.</summary>
    public override string ToString() => $"{Field.Path} from {Old} to {New}";
}
