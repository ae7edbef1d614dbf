using System.Reflection;
using Atelier.Cli.Application;
using Atelier.IO;
using Atelier.Training.Signals;

namespace Atelier.Cli.Failures;

/// <summary>A failure as the user meets it: an exit code, a word for scripts, and one sentence.</summary>
/// <param name="Code">What the process returns.</param>
/// <param name="Kind">The kind in kebab case, as it stands in the JSON document.</param>
/// <param name="Message">What, got, expected, and how to mend it.</param>
internal sealed record Failure(ExitCode Code, string Kind, string Message)
{
    private const int NoSpaceLeft = 0x1C;
    private const int QuotaExceeded = 122;
    private const int ReadOnlyFileSystem = 30;
    private const int InputOutputError = 5;

    /// <summary>The failure that an exception stands for.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="signal">The signal that came before it, if one did.</param>
    public static Failure Of(Exception exception, StopReason? signal)
    {
        var cause = Unwrap(exception);
        return cause switch
        {
            AtelierException known => new(CodeOf(known.Kind), Kebab(known.Kind.ToString()), known.Message),
            OperationCanceledException when signal is { } reason =>
                OfSignal((ExitCode)reason.SignalExitCode()),
            OperationCanceledException => new(ExitCode.Interrupted, "interrupted", "the work was cancelled."),
            OutOfMemoryException => new(ExitCode.OutOfMemory, "out-of-memory",
                "the machine has no memory left for this; use a smaller batch or close other programs."),
            IOException { HResult: NoSpaceLeft or QuotaExceeded } full => new(ExitCode.Disk, "disk",
                $"the disk is full: {Sentence(full.Message)} Free some space and run again."),
            ArgumentOutOfRangeException when DiskFailure.IsTooLarge(cause) => new(ExitCode.Disk, "disk",
                $"a file could not be written: {DiskFailure.TooLargeReason}."),
            IOException { HResult: ReadOnlyFileSystem or InputOutputError } broken =>
                new(ExitCode.Disk, "disk", $"the disk cannot be used: {Sentence(broken.Message)}"),
            UnauthorizedAccessException or IOException =>
                new(ExitCode.Other, "other", Sentence(cause.Message)),
            _ => new(ExitCode.Bug, "bug", Sentence(cause.Message)),
        };
    }

    private static Failure OfSignal(ExitCode code) =>
        new(code, Kebab(code.ToString()), "stopped by a signal before the work was done.");

    /// <summary>The exit code of each kind.</summary>
    public static ExitCode CodeOf(FailureKind kind) => kind switch
    {
        FailureKind.Other => ExitCode.Other,
        FailureKind.Usage => ExitCode.Usage,
        FailureKind.Preflight => ExitCode.Preflight,
        FailureKind.Dataset => ExitCode.Dataset,
        FailureKind.Checkpoint => ExitCode.Checkpoint,
        FailureKind.Numeric => ExitCode.Numeric,
        FailureKind.OutOfMemory => ExitCode.OutOfMemory,
        FailureKind.Disk => ExitCode.Disk,
        FailureKind.PeerLost => ExitCode.PeerLost,
        FailureKind.MetricGate => ExitCode.MetricGate,
        _ => ExitCode.Bug,
    };

    // The runtime wraps what a static constructor, a task or reflection throws; the user wants the cause.
    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        _ => exception,
    };

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{c}" : $"{c}")).ToLowerInvariant();
}
