namespace Atelier.Training.Signals;

/// <summary>Exit codes of stopped runs.</summary>
public static class StopReasonExtensions
{
    /// <summary>Exit code of "stopped, saved, run it again", which schedulers requeue on.</summary>
    public const int Preempted = 75;

    /// <summary>128 plus the signal's number, as shells count: 130 for SIGINT, 143 for SIGTERM.</summary>
    public static int SignalExitCode(this StopReason reason) => reason == StopReason.Interrupt ? 130 : 143;

    /// <summary>
    /// Exit code after the run was saved; <paramref name="requeue"/> asks for 75 whatever the signal.
    /// </summary>
    public static int ExitCodeAfterSave(this StopReason reason, bool requeue) =>
        requeue ? Preempted : reason.SignalExitCode();
}
