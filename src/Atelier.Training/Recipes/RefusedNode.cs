namespace Atelier.Training.Recipes;

/// <summary>A node whose fault is already reported: whoever meets it says nothing more.</summary>
internal sealed record RefusedNode(SourcePosition Position) : RecipeNode(Position);
