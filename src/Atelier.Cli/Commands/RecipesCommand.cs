using Atelier.Cli.Application;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier recipes</c>: the recipes that ship with the product.</summary>
internal sealed class RecipesCommand(CliServices services)
    : CommandGroup("recipes", "lists and shows the shipped recipes",
        new RecipesListCommand(services), new RecipesShowCommand(services));
