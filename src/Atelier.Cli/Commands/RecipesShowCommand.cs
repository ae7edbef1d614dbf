using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Output;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier recipes show</c>: the text of a recipe, to read or to copy.</summary>
internal sealed class RecipesShowCommand : CliCommand
{
    private readonly Argument<string> recipe =
        ModelArguments.Word("NAME|FILE", "A shipped recipe's name, or a file");

    /// <summary>Creates the command.</summary>
    public RecipesShowCommand(CliServices services)
        : base("show", "prints a recipe", services)
    {
        Arguments.Add(recipe);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
        [new("recipes show biggan32-fashion > my.yaml", "a copy to change")];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        var path = Services.Home.Recipes.Find(parse.GetRequiredValue(recipe));
        var text = File.ReadAllText(path);
        Services.Output.Result(text.TrimEnd('\n'));
        Services.Output.Document(
            new RecipeText(Path.GetFileNameWithoutExtension(path), path, text),
                OutputJson.Default.RecipeText);
        return ExitCode.Ok;
    }
}
