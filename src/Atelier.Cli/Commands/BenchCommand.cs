using Atelier.Cli.Application;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier bench</c>: how fast this machine trains, samples, loads and scores.</summary>
internal sealed class BenchCommand(CliServices services)
    : CommandGroup("bench", "measures how fast this machine trains, samples, loads and scores",
        new BenchStepCommand(services), new BenchSampleCommand(services), new BenchDataCommand(services),
        new BenchEvalCommand(services), new BenchOpsCommand(services));
