using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier backbone fetch</c>: brings published weights over the net, in the open.</summary>
internal sealed class BackboneFetchCommand : CliCommand
{
    private readonly Argument<string> network =
        ModelArguments.Word("NAME", "A network of 'atelier backbone list'");

    private readonly Option<Uri?> mirror = Opt.Of<Uri>(
        "--from", "URL", "Another place of the same file (default: its publisher's)", IsAddress);

    /// <summary>Creates the command.</summary>
    public BackboneFetchCommand(CliServices services)
        : base("fetch", "brings the published weights of a network over the net and imports them", services)
    {
        Arguments.Add(network);
        Options.Add(mirror);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("backbone fetch inception-fid", "the network that FID is defined on, 91 MB"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) =>
        new BackboneImportWork(Services).Fetch(parse.GetRequiredValue(network), parse.GetValue(mirror));

    private static string? IsAddress(string word, out Uri? address) =>
        Uri.TryCreate(word, UriKind.Absolute, out address) && address.Scheme is "http" or "https"
            ? null
            : "an address that begins with https:// or http://";
}
