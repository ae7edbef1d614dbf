namespace Atelier.Training.Recipes;

/// <summary>A mapping with its entries in file order; keys are unique.</summary>
internal sealed record MappingNode(SourcePosition Position, IReadOnlyList<MappingEntry> Entries)
    : RecipeNode(Position);
