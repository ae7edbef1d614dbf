using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Output;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Gan;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier recipes show</c>: the text of a recipe, to read or to copy, and the layers of its networks.
/// </summary>
internal sealed class RecipesShowCommand : CliCommand
{
    private const int StandardClasses = 1000;
    private const int StandardChannels = 3;

    private readonly Argument<string> recipe =
        ModelArguments.Word("NAME|FILE", "A shipped recipe's name, or a file");

    private readonly Option<bool> layers = Opt.Switch(
        "--layers", "Print the table of layers alone: output, parameters, FLOPs");

    private readonly Option<bool> textAlone = Opt.Switch(
        "--text", "Print the recipe's text alone, without the table of layers");

    private readonly Option<long?> classes = Opt.Whole(
        "--classes", "N", "Classes of the dataset, for the table (default: 1000)", 1, 1_000_000);

    private readonly Option<long?> channels = Opt.Whole(
        "--image-channels", "N", "Channels of the images, for the table (default: 3)", 1, 4);

    private readonly Option<IReadOnlyList<RecipeOverride>?> set = OverrideList.SetOption();

    /// <summary>Creates the command.</summary>
    public RecipesShowCommand(CliServices services)
        : base("show", "prints a recipe and the layers of its networks", services)
    {
        Arguments.Add(recipe);
        foreach (var option in new Option[] { layers, textAlone, classes, channels, set })
            Options.Add(option);
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
        var onlyLayers = parse.GetValue(layers);
        if (!onlyLayers) Services.Output.Result(text.TrimEnd('\n'));
        var tables = parse.GetValue(textAlone) ? null : Tables(parse, path, onlyLayers);
        Services.Output.Document(
            new RecipeText(Path.GetFileNameWithoutExtension(path), path, text, tables),
            OutputJson.Default.RecipeText);
        return ExitCode.Ok;
    }

    private GanTables? Tables(ParseResult parse, string path, bool onlyLayers)
    {
        try
        {
            return ShowLayers(parse, path, onlyLayers ? "" : "# ");
        }
        catch (AtelierException error) when (!onlyLayers)
        {
            Services.Output.Warn($"the layers of this recipe cannot be shown: {error.Message}");
            return null;
        }
    }

    /// <param name="parse">The command line.</param>
    /// <param name="path">The recipe.</param>
    /// <param name="margin">Before each line: behind a recipe the table is a comment, so that a copy of both
    /// is a recipe still.</param>
    private GanTables ShowLayers(ParseResult parse, string path, string margin)
    {
        var model = RecipeWork.Resolve(
            Services.Home, path, OverrideList.Of(parse, set, [], Services.Environment)).Recipe.Model;
        var classCount = (int)(parse.GetValue(classes) ?? StandardClasses);
        var imageChannels = (int)(parse.GetValue(channels) ?? StandardChannels);
        var tables = LayerTables.Of(model, imageChannels, classCount);
        if (margin.Length > 0) Services.Output.Result("");
        foreach (var line in LayerTables.Lines(tables, model, imageChannels, classCount))
            Services.Output.Result((margin + line).TrimEnd());
        return tables;
    }
}
