namespace Atelier.Training.Recipes;

/// <summary>A list.</summary>
internal sealed record SequenceNode(SourcePosition Position, IReadOnlyList<RecipeNode> Items)
    : RecipeNode(Position);
