namespace Atelier.Cli.Application;

/// <summary>What the process returns to its caller. Scripts rely on these numbers.</summary>
internal enum ExitCode
{
    /// <summary>The work is done.</summary>
    Ok = 0,

    /// <summary>A failure without a code of its own.</summary>
    Other = 1,

    /// <summary>A wrong option, or a recipe that does not parse.</summary>
    Usage = 2,

    /// <summary>The plan cannot run on this machine.</summary>
    Preflight = 3,

    /// <summary>A dataset or image that cannot be used.</summary>
    Dataset = 4,

    /// <summary>A checkpoint or weights file that is missing, corrupt or of another model.</summary>
    Checkpoint = 5,

    /// <summary>NaN, infinity or collapse.</summary>
    Numeric = 6,

    /// <summary>Out of memory, on host or device.</summary>
    OutOfMemory = 7,

    /// <summary>Disk full, or input/output failed.</summary>
    Disk = 8,

    /// <summary>Another process of a distributed run is gone.</summary>
    PeerLost = 9,

    /// <summary>A metric did not meet the gate that the caller set.</summary>
    MetricGate = 10,

    /// <summary>A broken invariant of Atelier itself; a crash report was written.</summary>
    Bug = 70,

    /// <summary>Stopped early with everything saved: run again to go on.</summary>
    Preempted = 75,

    /// <summary>Stopped by SIGINT (Ctrl+C).</summary>
    Interrupted = 130,

    /// <summary>Stopped by SIGTERM.</summary>
    Terminated = 143,
}
