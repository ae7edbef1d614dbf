using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Output;
using Atelier.Training.Recipes;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier recipes list</c>: names and first lines.</summary>
internal sealed class RecipesListCommand : CliCommand
{
    /// <summary>Creates the command.</summary>
    public RecipesListCommand(CliServices services)
        : base("list", "names the shipped recipes", services) => AddCommonOptions();

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples => [new("recipes list", "the names that --recipe takes")];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        var recipes = List(Services.Home.Recipes);
        if (recipes.Count == 0)
            Services.Output.Warn($"there are no recipes in {Services.Home.Recipes.Path}");
        var column = recipes.Select(recipe => recipe.Name.Length).DefaultIfEmpty().Max() + 2;
        foreach (var recipe in recipes)
            Services.Output.Result($"{recipe.Name.PadRight(column)}{recipe.Description}".TrimEnd());
        Services.Output.Document(new RecipeList(recipes), OutputJson.Default.RecipeList);
        return ExitCode.Ok;
    }

    private static List<RecipeSummary> List(RecipeFolder folder) =>
    [
        .. folder.Names.Select(name =>
            new RecipeSummary(name, folder.Description(name), folder.FileOf(name))),
    ];
}
