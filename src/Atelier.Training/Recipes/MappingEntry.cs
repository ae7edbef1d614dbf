namespace Atelier.Training.Recipes;

/// <summary>One entry of a mapping.</summary>
internal sealed record MappingEntry(string Key, SourcePosition KeyPosition, RecipeNode Value);
