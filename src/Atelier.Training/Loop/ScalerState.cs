using Atelier.Nn;

namespace Atelier.Training.Loop;

/// <summary>What a checkpoint keeps of a <see cref="GradScaler"/>.</summary>
/// <param name="Scale">What the next loss is multiplied by.</param>
/// <param name="SoundSteps">Sound steps since the scale last changed.</param>
public sealed record ScalerState(double Scale, int SoundSteps)
{
    /// <summary>The state of a scaler; null of none.</summary>
    public static ScalerState? Of(GradScaler? scaler) =>
        scaler is null ? null : new ScalerState(scaler.Scale, scaler.SoundSteps);

    /// <summary>Puts the state into a scaler.</summary>
    public void Into(GradScaler? scaler)
    {
        if (scaler is null) return;
        (scaler.Scale, scaler.SoundSteps) = (Scale, SoundSteps);
    }
}
