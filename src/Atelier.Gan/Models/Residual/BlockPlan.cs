namespace Atelier.Gan.Residual;

/// <summary>One residual block of a plan.</summary>
/// <param name="Inputs">Channels in.</param>
/// <param name="Hidden">Channels between its two 3x3 convolutions.</param>
/// <param name="Outputs">Channels out.</param>
/// <param name="Resamples">Whether it doubles (G) or halves (D) the sides.</param>
/// <param name="Resolution">Longer side of its output in pixels.</param>
/// <param name="HasAttention">Whether self-attention follows.</param>
public sealed record BlockPlan(
    int Inputs, int Hidden, int Outputs, bool Resamples, int Resolution, bool HasAttention);
