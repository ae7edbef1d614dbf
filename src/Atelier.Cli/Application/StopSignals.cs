using System.Runtime.InteropServices;

namespace Atelier.Cli.Application;

/// <summary>
/// Turns SIGINT and SIGTERM into a cancellation token, so that a run can save at its next step. A second
/// signal ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action<ExitCode> exit;
    private ExitCode? received;

    /// <summary>Creates the signals; nothing is registered before <see cref="Listen"/>.</summary>
    /// <param name="exit">Ends the process at once; a test passes its own.</param>
    public StopSignals(Action<ExitCode> exit) => this.exit = exit;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code of the signal that came, or null when none has.</summary>
    public ExitCode? Received => received;

    /// <summary>
    /// Begins to listen. A command calls this when it has something to save; others keep the default end.
    /// </summary>
    public void Listen()
    {
        if (registrations.Count > 0) return;
        registrations.Add(
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => On(context, ExitCode.Interrupted)));
        registrations.Add(
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => On(context, ExitCode.Terminated)));
    }

    /// <summary>Acts as if a signal had come.</summary>
    public void Raise(ExitCode code)
    {
        if (received is not null)
        {
            exit(code);
            return;
        }

        received = code;
        source.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void On(PosixSignalContext context, ExitCode code)
    {
        context.Cancel = true;
        Raise(code);
    }
}
