namespace Atelier.Cli.Commands;

/// <summary>One shipped recipe.</summary>
/// <param name="Name">The name to give to <c>--recipe</c>.</param>
/// <param name="Description">The first comment line of the file.</param>
/// <param name="Path">Where the file lies.</param>
internal sealed record RecipeSummary(string Name, string Description, string Path);
