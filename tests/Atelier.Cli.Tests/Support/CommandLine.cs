using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Training.Signals;

namespace Atelier.Cli.Tests.Support;

/// <summary>
/// Runs command lines in this process, with text writers for streams and a dictionary for the environment.
/// </summary>
internal sealed class CommandLine : IDisposable
{
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    public CommandLine()
    {
        environment["ATELIER_HOME"] = Folder.Path;
        // What is kept between calls lies in it and ends with the test.
        environment["HOME"] = Folder.Path;
    }

    public TemporaryFolder Folder { get; } = new();

    /// <summary>A signal that comes before the command begins.</summary>
    public StopReason? Signal { get; set; }

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public CommandLine With(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    public ExitCode Run(params string[] args)
    {
        using var results = new StringWriter();
        using var log = new StringWriter();
        using var signals = new StopSignal(static _ => { });
        if (Signal is { } reason) signals.Receive(reason);
        var code = AtelierProgram.Run(args, Services(args, results, log, signals));
        Out = results.ToString();
        Error = log.ToString();
        return code;
    }

    public void Dispose() => Folder.Dispose();

    private CliServices Services(string[] args, TextWriter results, TextWriter log, StopSignal signals)
    {
        Func<string, string?> read = name => environment.GetValueOrDefault(name);
        return new CliServices
        {
            Output = new TextOutput(results, log, TerminalTraits.Plain, AtelierProgram.WantsJson(args)),
            Home = new AtelierHome(read, AppContext.BaseDirectory),
            Signals = signals,
            Environment = read,
        };
    }
}
