namespace Atelier.Cli.Commands;

/// <summary>The JSON document of <c>atelier recipes show</c>.</summary>
/// <param name="Name">The name to give to <c>--recipe</c>.</param>
/// <param name="Path">Where the file lies.</param>
/// <param name="Text">The whole file.</param>
internal sealed record RecipeText(string Name, string Path, string Text);
