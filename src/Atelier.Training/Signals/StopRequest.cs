namespace Atelier.Training.Signals;

/// <summary>A stop signal raised by code: what a signal handler does, without signals. Thread-safe.</summary>
/// <param name="exitNow">Called with an exit code at the second request; null does nothing then.</param>
public sealed class StopRequest(Action<int>? exitNow = null) : IStopSignal
{
    private const int None = -1;

    private int first = None;

    /// <inheritdoc/>
    public StopReason? Requested => Volatile.Read(ref first) is var reason && reason == None ? null
        : (StopReason)reason;

    /// <summary>
    /// The first request sets the flag, the second exits at once: the user has lost patience.
    /// </summary>
    public void Receive(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref first, (int)reason, None) != None)
            exitNow?.Invoke(reason.SignalExitCode());
    }
}
