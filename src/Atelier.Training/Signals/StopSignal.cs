using System.Runtime.InteropServices;

namespace Atelier.Training.Signals;

/// <summary>
/// Turns SIGINT and SIGTERM into a flag, so that the run saves at a step boundary; a second signal ends the
/// process at once.
/// Nothing but the flag is touched in the handler. Make one a process, while it trains.
/// </summary>
public sealed partial class StopSignal : IStopSignal, IDisposable
{
    private readonly StopRequest request;
    private readonly PosixSignalRegistration[] registrations;

    /// <summary>Takes the two signals over.</summary>
    public StopSignal()
    {
        request = new StopRequest(ExitNow);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
                Handle(context, StopReason.Interrupt)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
                Handle(context, StopReason.Terminate)),
        ];
    }

    /// <inheritdoc/>
    public StopReason? Requested => request.Requested;

    /// <summary>Gives the signals back to .NET.</summary>
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    private void Handle(PosixSignalContext context, StopReason reason)
    {
        context.Cancel = true;
        request.Receive(reason);
    }

    // Environment.Exit would run native destructors under threads that still compute; a killed process must
    // just go.
    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);
}
