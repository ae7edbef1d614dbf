namespace Atelier.Cli.Commands;

/// <summary>The JSON document of <c>atelier recipes list</c>.</summary>
/// <param name="Recipes">Every shipped recipe, by name.</param>
internal sealed record RecipeList(IReadOnlyList<RecipeSummary> Recipes);
