using System.Globalization;

namespace Atelier.Training.Monitors;

/// <summary>A collapse that the sentinel is sure of.</summary>
/// <param name="Step">The look that settled it.</param>
/// <param name="Onset">The last look without any sign.</param>
/// <param name="SoundStep">A checkpoint of this step or an earlier one lies well before the onset.</param>
/// <param name="Evidence">What the detectors found, in words; no full stop.</param>
public sealed record CollapseReport(long Step, long Onset, long SoundStep, string Evidence)
{
    /// <summary>What happened, as a sentence.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture,
        $"At step {Step} the training has collapsed (the last look without a sign was at step {Onset}): ") +
        Evidence + ".";
}
