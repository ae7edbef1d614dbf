using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;
using Atelier.Training.Signals;

namespace Atelier.Cli.Tests.Analyses;

/// <summary>Base of the tests of the commands that look into a model.</summary>
[Collection<SharedWorkshop>]
public abstract class AnalysisTest(AnalysisWorkshop workshop) : IDisposable
{
    private readonly CommandLine line = new();

    protected AnalysisWorkshop Workshop { get; } = workshop;

    protected string Error => line.Error;

    protected string Out => line.Out;

    public void Dispose()
    {
        line.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A place in a folder of this test alone.</summary>
    protected string Own(string name) => Path.Combine(line.Folder.Path, name);

    /// <summary>Runs a command line that succeeds; its JSON document.</summary>
    protected JsonElement Json(params string[] args)
    {
        Assert.True(Run([.. args, "--json"]) == ExitCode.Ok, line.Error);
        return JsonDocument.Parse(line.Out).RootElement;
    }

    /// <summary>Runs a command line that succeeds; what it says on stdout.</summary>
    protected string Text(params string[] args)
    {
        Assert.True(Run(args) == ExitCode.Ok, line.Error);
        return line.Out;
    }

    /// <summary>Runs a command line that a signal comes before; what it says on stderr.</summary>
    internal string Interrupted(ExitCode expected, params string[] args)
    {
        line.Signal = StopReason.Interrupt;
        return Fails(expected, args);
    }

    /// <summary>Runs a command line that ends with a code; what it says on stderr.</summary>
    internal string Fails(ExitCode expected, params string[] args)
    {
        var code = Run(args);
        Assert.True(code == expected, $"exit code {code}: {line.Error}");
        return line.Error;
    }

    private ExitCode Run(string[] args) => line.With("XDG_CACHE_HOME", Own("cache")).Run(args);
}
