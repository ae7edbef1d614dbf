using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Data.Fetching;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data fetch</c>: a public dataset, from its official address.</summary>
internal sealed class DataFetchCommand : CliCommand
{
    private readonly Argument<string?> name = ModelArguments.OptionalWord(
        "NAME", string.Join(", ", PublicDatasetCatalogue.All.Select(set => set.Name)) + "; none lists them");

    private readonly Option<string?> folder = Opt.Text(
        "--to", "FOLDER", "Where to keep the files (default: a folder of the cache)");

    private readonly Option<Uri?> mirror = Opt.Of<Uri>(
        "--mirror", "URL", "Fetch from this folder on the net instead", IsAddress);

    private readonly Option<string?> output = Opt.Text(
        "--output", "FILE", "Also pack it into this file, at its usual size", "-o");

    /// <summary>Creates the command.</summary>
    public DataFetchCommand(CliServices services)
        : base("fetch", "fetches a public dataset, resumable, and compares its SHA-256", services)
    {
        name.CompletionSources.Add([.. PublicDatasetCatalogue.All.Select(set => set.Name)]);
        Arguments.Add(name);
        foreach (var option in new Option[] { output, folder, mirror }) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("data fetch", "what there is"),
        new("data fetch cifar10 -o cifar10.atl", "fetch, verify and pack"),
        new("data fetch mnist --to downloads", "verifies files that were put there by hand, too"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
        => new DataFetchWork(Services).Run(new DataFetchRequest
    {
        Name = parse.GetValue(name),
        Folder = parse.GetValue(folder),
        Mirror = parse.GetValue(mirror),
        Pack = parse.GetValue(output),
    });

    private static string? IsAddress(string word, out Uri? address) =>
        Uri.TryCreate(word, UriKind.Absolute, out address) && address.Scheme is "http" or "https"
            ? null
            : "an address that begins with http:// or https://";
}
