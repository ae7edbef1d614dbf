namespace Atelier;

/// <summary>What sort of thing went wrong; the command line maps each kind to one exit code.</summary>
public enum FailureKind
{
    /// <summary>Anything without a kind of its own (exit code 1).</summary>
    Other,

    /// <summary>A wrong option, or a recipe that does not parse (exit code 2).</summary>
    Usage,

    /// <summary>
    /// The plan cannot run on this machine: disk, memory, device, a busy folder (exit code 3).
    /// </summary>
    Preflight,

    /// <summary>A dataset or image that cannot be used (exit code 4).</summary>
    Dataset,

    /// <summary>
    /// A checkpoint or weights file that is missing, corrupt or of another model (exit code 5).
    /// </summary>
    Checkpoint,

    /// <summary>NaN, infinity or collapse (exit code 6).</summary>
    Numeric,

    /// <summary>Out of memory, on host or device (exit code 7).</summary>
    OutOfMemory,

    /// <summary>Disk full, or input/output failed (exit code 8).</summary>
    Disk,

    /// <summary>Another process of a distributed run is gone (exit code 9).</summary>
    PeerLost,

    /// <summary>A metric did not meet the gate that the caller set (exit code 10).</summary>
    MetricGate,

    /// <summary>A broken invariant of Atelier itself (exit code 70).</summary>
    Bug,
}
