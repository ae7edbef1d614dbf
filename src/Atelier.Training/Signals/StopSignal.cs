using System.Runtime.InteropServices;

namespace Atelier.Training.Signals;

/// <summary>
/// Turns SIGINT and SIGTERM into a request to stop, so that a run saves at a step boundary; a second signal
/// ends the process at once. Thread-safe.
/// </summary>
public sealed partial class StopSignal : IStopSignal, IDisposable
{
    private const int None = -1;

    private readonly Action<int> exit;
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private int first = None;

    /// <summary>Creates the signal; nothing is taken over before <see cref="Listen"/>.</summary>
    /// <param name="exit">Ends the process at once with a code; null for the real thing.</param>
    public StopSignal(Action<int>? exit = null) => this.exit = exit ?? ExitNow;

    /// <inheritdoc/>
    public StopReason? Requested =>
        Volatile.Read(ref first) is var reason && reason == None ? null : (StopReason)reason;

    /// <inheritdoc/>
    public CancellationToken Token => source.Token;

    /// <summary>
    /// Takes the two signals over. Whoever has something to save calls this; others keep the default end.
    /// </summary>
    public void Listen()
    {
        if (registrations.Count > 0) return;
        Register(PosixSignal.SIGINT, StopReason.Interrupt);
        Register(PosixSignal.SIGTERM, StopReason.Terminate);
    }

    /// <summary>
    /// Acts as if a signal had come. The first request is noted, the second exits at once: the user has lost
    /// patience.
    /// </summary>
    public void Receive(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref first, (int)reason, None) != None)
            exit(reason.SignalExitCode());
        else
            source.Cancel();
    }

    /// <summary>Gives the signals back to .NET.</summary>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Register(PosixSignal signal, StopReason reason) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            Receive(reason);
        }));

    // Environment.Exit would run native destructors under threads that still compute; a killed process must
    // just go.
    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);
}
