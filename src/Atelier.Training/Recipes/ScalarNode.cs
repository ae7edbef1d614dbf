namespace Atelier.Training.Recipes;

/// <summary>A scalar; <paramref name="Plain"/> tells an unquoted 64 from the text "64".</summary>
internal sealed record ScalarNode(SourcePosition Position, string Text, bool Plain) : RecipeNode(Position);
