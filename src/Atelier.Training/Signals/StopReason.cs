namespace Atelier.Training.Signals;

/// <summary>Why a run should stop.</summary>
public enum StopReason
{
    /// <summary>SIGINT, that is Ctrl-C.</summary>
    Interrupt,

    /// <summary>SIGTERM, from a scheduler or a shutdown.</summary>
    Terminate,
}
