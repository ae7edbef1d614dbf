using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier bench ops</c>: what one operator call costs.</summary>
internal sealed class BenchOpsCommand : CliCommand
{
    private const int StandardCalls = 200_000;
    private const int StandardRounds = 7;

    private readonly Option<long?> calls = Opt.Whole(
        "--calls", "N", "Calls of one round (default: 200000)", 1000, 100_000_000);

    private readonly Option<long?> rounds = BenchArguments.Rounds(StandardRounds);

    /// <summary>Creates the command.</summary>
    public BenchOpsCommand(CliServices services)
        : base("ops", "times one operator call from C# beside plain C++ on the same libtorch", services)
    {
        Options.Add(calls);
        Options.Add(rounds);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples => [new("bench ops", "a 4x4 addition, three ways")];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new BenchOpsWork(Services).Run(
        (int)(parse.GetValue(calls) ?? StandardCalls), (int)(parse.GetValue(rounds) ?? StandardRounds));
}
