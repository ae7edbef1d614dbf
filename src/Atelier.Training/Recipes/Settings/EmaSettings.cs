namespace Atelier.Training.Recipes;

/// <summary>Exponential moving average of the generator's weights, used for sampling.</summary>
/// <param name="Decay">Weight of the past at each step, in [0, 1).</param>
/// <param name="StartStep">Until this step the average simply copies the weights.</param>
/// <param name="Ramp">
/// Longest averaging horizon as a share of the steps averaged so far, so that a short run does not average
/// over its
/// beginnings; null for the full decay at once.
/// </param>
public sealed record EmaSettings(double Decay, long StartStep, double? Ramp)
{
    /// <summary>The decay after step <paramref name="step"/>, counted from 1; 0 means a copy.</summary>
    public double DecayAt(long step)
    {
        if (step < StartStep)
            return 0.0;
        if (Ramp is not { } share)
            return Decay;

        // A decay d averages over about 1 / (1 - d) steps.
        var horizon = Math.Max(1.0, share * (step - StartStep + 1));
        return Math.Min(Decay, 1.0 - 1.0 / horizon);
    }
}
