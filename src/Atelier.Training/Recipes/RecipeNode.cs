namespace Atelier.Training.Recipes;

/// <summary>A node of the document tree, with the place where it starts.</summary>
internal abstract record RecipeNode(SourcePosition Position);

/// <summary>A scalar; <paramref name="Plain"/> tells an unquoted 64 from the text "64".</summary>
internal sealed record ScalarNode(SourcePosition Position, string Text, bool Plain) : RecipeNode(Position);

/// <summary>A list.</summary>
internal sealed record SequenceNode(SourcePosition Position, IReadOnlyList<RecipeNode> Items)
    : RecipeNode(Position);

/// <summary>A mapping with its entries in file order; keys are unique.</summary>
internal sealed record MappingNode(SourcePosition Position, IReadOnlyList<MappingEntry> Entries)
    : RecipeNode(Position);

/// <summary>A node whose fault is already reported: whoever meets it says nothing more.</summary>
internal sealed record RefusedNode(SourcePosition Position) : RecipeNode(Position);

/// <summary>One entry of a mapping.</summary>
internal sealed record MappingEntry(string Key, SourcePosition KeyPosition, RecipeNode Value);
