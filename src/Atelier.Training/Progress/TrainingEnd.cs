namespace Atelier.Training.Progress;

/// <summary>How a run ended.</summary>
/// <param name="Step">Steps finished.</param>
/// <param name="TotalSteps">Steps of the whole run.</param>
/// <param name="Seconds">Time that this process trained.</param>
/// <param name="Stopped">True when a signal ended it before its last step.</param>
public sealed record TrainingEnd(long Step, long TotalSteps, double Seconds, bool Stopped);
