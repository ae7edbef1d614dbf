namespace Atelier.Training.Recipes;

/// <summary>The value of one field and what set it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">The value, of the .NET type that <see cref="FieldKind"/> names, or null.</param>
/// <param name="Origin">What set it.</param>
/// <param name="Position">Where it was set; for a default the source is <c>default</c>.</param>
public sealed record ResolvedValue(RecipeField Field, object? Value, OriginKind Origin,
    SourcePosition Position);
