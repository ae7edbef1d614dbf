namespace Atelier.Training.Monitors;

/// <summary>Judges one quantity of a look against the looks before it. It keeps nothing itself.</summary>
public interface ICollapseDetector
{
    /// <summary>What is amiss; null for nothing.</summary>
    /// <param name="past">Earlier looks that were in order, oldest first; it may be short or empty.</param>
    /// <param name="now">The look to judge.</param>
    Symptom? Examine(IReadOnlyList<SentinelLook> past, SentinelLook now);
}
