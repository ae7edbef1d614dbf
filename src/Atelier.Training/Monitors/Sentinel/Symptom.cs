namespace Atelier.Training.Monitors;

/// <summary>What one detector found amiss in a look.</summary>
/// <param name="IsAlarm">True where it alone is enough; false for a sign, which needs a second detector's
/// beside it.</param>
/// <param name="Evidence">In words, with the numbers; no full stop.</param>
public sealed record Symptom(bool IsAlarm, string Evidence);
