namespace Atelier.Training.Recipes;

/// <summary>A node of the document tree, with the place where it starts.</summary>
internal abstract record RecipeNode(SourcePosition Position);
