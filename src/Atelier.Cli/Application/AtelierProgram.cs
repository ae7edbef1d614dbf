using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using System.Text;
using Atelier.Cli.Commands;
using Atelier.Cli.Failures;
using Atelier.Cli.Output;
using Atelier.Cli.Parsing;
using Atelier.Training.Signals;

namespace Atelier.Cli.Application;

/// <summary>Parses the command line, runs one command and turns whatever happens into an exit code.</summary>
internal static class AtelierProgram
{
    private const PosixSignal FileSizeExceeded = (PosixSignal)25; // SIGXFSZ of Linux
    private static PosixSignalRegistration? fileLimit;

    /// <summary>Runs with the real console, environment and signals.</summary>
    public static ExitCode RunOnConsole(string[] args)
    {
        using var results = Open(Console.OpenStandardOutput);
        using var log = Open(Console.OpenStandardError);
        log.AutoFlush = true;
        Func<string, string?> environment = Environment.GetEnvironmentVariable;
        using var signals = new StopSignal();
        // A file at its limit (ulimit -f) shall fail as any write does; the signal would end the process.
        // It is never unregistered: a signal may still be under way when the command has ended.
        fileLimit ??= PosixSignalRegistration.Create(
            FileSizeExceeded, static context => context.Cancel = true);

        return Run(args, new CliServices
        {
            Output = new TextOutput(results, log, TerminalTraits.OfStandardError(environment),
                WantsJson(args)),
            Home = new AtelierHome(environment, AppContext.BaseDirectory),
            Signals = signals,
            Environment = environment,
        });
    }

    /// <summary>Runs one command line.</summary>
    public static ExitCode Run(IReadOnlyList<string> args, CliServices services)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(services);

        var code = Guard(args, services, () => Invoke(args, services));
        // A full disk shows itself only when the buffer is written.
        return Guard(args, services, () =>
        {
            services.Output.Flush();
            return code;
        });
    }

    /// <summary>True when the words ask for one JSON document on stdout.</summary>
    public static bool WantsJson(IEnumerable<string> args) =>
        args.TakeWhile(word => word != "--").Contains("--json", StringComparer.Ordinal);

    private static ExitCode Invoke(IReadOnlyList<string> args, CliServices services)
    {
        var root = new AtelierCommand(services);
        // Some paths begin with '@': they are paths, not files of more options.
        var parse = root.Parse(args, new ParserConfiguration
        {
            ResponseFileTokenReplacer = null,
            EnablePosixBundling = false,
        });

        if (parse.Action is ParseErrorAction) throw UsageErrors.Of(parse);

        return (ExitCode)parse.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // A checkpoint in the making must not be cut off: the command owns the signals.
            ProcessTerminationTimeout = null,
            Output = services.Output.Results,
            Error = services.Output.Log,
        });
    }

    private static ExitCode Guard(IReadOnlyList<string> args, CliServices services, Func<ExitCode> work)
    {
        try
        {
            return work();
        }
#pragma warning disable CA1031 // The last line of defence: whatever comes here ends as a sentence and a code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var failure = Failure.Of(exception, services.Signals.Requested);
            if (failure.Code == ExitCode.Bug)
                failure = failure with { Message = CrashReport.Describe(exception, args, services) };
            services.Output.Fail(failure);
            if (services.Environment("ATELIER_DEBUG") == "1")
                services.Output.Log.WriteLine(exception.ToString());
            return failure.Code;
        }
    }

    // A closed stream (`>&-`) means that the caller wants nothing from it.
    private static StreamWriter Open(Func<Stream> stream)
    {
        Stream opened;
        try
        {
            opened = stream();
        }
        catch (IOException)
        {
            opened = Stream.Null;
        }

        return new StreamWriter(opened, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            bufferSize: 4096);
    }
}
