using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Output;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Gan;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier recipes show</c>: the text of a recipe, to read or to copy, or the layers of its networks.
/// </summary>
internal sealed class RecipesShowCommand : CliCommand
{
    private const int StandardClasses = 1000;
    private const int StandardChannels = 3;

    private readonly Argument<string> recipe =
        ModelArguments.Word("NAME|FILE", "A shipped recipe's name, or a file");

    private readonly Option<bool> layers = Opt.Switch(
        "--layers", "Print the layers of both networks instead: output, parameters, FLOPs");

    private readonly Option<long?> classes = Opt.Whole(
        "--classes", "N", "Classes of the dataset, for --layers (default: 1000)", 1, 1_000_000);

    private readonly Option<long?> channels = Opt.Whole(
        "--image-channels", "N", "Channels of the images, for --layers (default: 3)", 1, 4);

    private readonly Option<IReadOnlyList<RecipeOverride>?> set = OverrideList.SetOption();

    /// <summary>Creates the command.</summary>
    public RecipesShowCommand(CliServices services)
        : base("show", "prints a recipe", services)
    {
        Arguments.Add(recipe);
        foreach (var option in new Option[] { layers, classes, channels, set }) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("recipes show biggan32-fashion > my.yaml", "a copy to change"),
        new("recipes show biggan128-imagenet --layers", "what its networks are made of"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        var path = Services.Home.Recipes.Find(parse.GetRequiredValue(recipe));
        var text = File.ReadAllText(path);
        var tables = parse.GetValue(layers) ? ShowLayers(parse, path) : null;
        if (tables is null) Services.Output.Result(text.TrimEnd('\n'));
        Services.Output.Document(
            new RecipeText(Path.GetFileNameWithoutExtension(path), path, text, tables),
            OutputJson.Default.RecipeText);
        return ExitCode.Ok;
    }

    private GanTables ShowLayers(ParseResult parse, string path)
    {
        var model = RecipeWork.Resolve(
            Services.Home, path, OverrideList.Of(parse, set, [], Services.Environment)).Recipe.Model;
        var classCount = (int)(parse.GetValue(classes) ?? StandardClasses);
        var imageChannels = (int)(parse.GetValue(channels) ?? StandardChannels);
        var tables = LayerTables.Of(model, imageChannels, classCount);
        foreach (var line in LayerTables.Lines(tables, model, imageChannels, classCount))
            Services.Output.Result(line);
        return tables;
    }
}
