namespace Atelier.Nn;

/// <summary>Exponential moving average of a generator's weights (BigGAN paper, section 3 and appendix C).</summary>
/// <param name="Decay">Share of the old average kept each step; 0.9999 in the paper, less for a short run.</param>
/// <param name="StartStep">Before this step the average is a plain copy.</param>
/// <param name="IsRamped">Use min(decay, (1 + t) / (10 + t)), t counted from the start, so that early weights fade fast.</param>
public sealed record EmaOptions(double Decay, long StartStep = 0, bool IsRamped = false);
