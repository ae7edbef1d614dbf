using Atelier.Cli.Output;
using Atelier.Training.Signals;

namespace Atelier.Cli.Application;

/// <summary>What a command may use of the world; a test passes its own.</summary>
internal sealed record CliServices
{
    /// <summary>Where results and progress go.</summary>
    public required IOutput Output { get; init; }

    /// <summary>The folders of the product: recipes, shipped models, the native library.</summary>
    public required AtelierHome Home { get; init; }

    /// <summary>SIGINT and SIGTERM, once a command listens.</summary>
    public required StopSignal Signals { get; init; }

    /// <summary>Environment variables by name; null when unset.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
