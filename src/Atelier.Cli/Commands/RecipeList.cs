using Atelier.Gan;

namespace Atelier.Cli.Commands;

/// <summary>The JSON document of <c>atelier recipes list</c>.</summary>
/// <param name="Recipes">Every shipped recipe, by name.</param>
internal sealed record RecipeList(IReadOnlyList<RecipeSummary> Recipes);

/// <summary>One shipped recipe.</summary>
/// <param name="Name">The name to give to <c>--recipe</c>.</param>
/// <param name="Description">The first comment line of the file.</param>
/// <param name="Path">Where the file lies.</param>
internal sealed record RecipeSummary(string Name, string Description, string Path);

/// <summary>The JSON document of <c>atelier recipes show</c>.</summary>
/// <param name="Name">The name to give to <c>--recipe</c>.</param>
/// <param name="Path">Where the file lies.</param>
/// <param name="Text">The whole file.</param>
/// <param name="Layers">With <c>--layers</c>, the layers of both networks.</param>
internal sealed record RecipeText(string Name, string Path, string Text, GanTables? Layers);
