namespace Atelier.Training.Signals;

/// <summary>Asked by the loop after every step.</summary>
public interface IStopSignal
{
    /// <summary>Why to stop at the next step boundary; null to go on.</summary>
    StopReason? Requested { get; }

    /// <summary>Cancelled by the first request, for work that may be given up in the middle.</summary>
    CancellationToken Token { get; }
}
