using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// Keeps float16 gradients from vanishing: the loss is multiplied by a scale before backward and the
/// gradients are divided by it after. The scale halves, and the step is left out, where a gradient has
/// overflown; it doubles after so many steps without that (Micikevicius et al. 2018, arXiv:1710.03740,
/// section 3.2; numbers and order as torch.cuda.amp.GradScaler).
/// </summary>
public sealed class GradScaler
{
    /// <summary>The scale to begin with.</summary>
    public const double InitialScale = 65536;

    /// <summary>The scale is multiplied by it after <see cref="GrowthInterval"/> sound steps.</summary>
    public const double Growth = 2;

    /// <summary>The scale is multiplied by it after an overflow.</summary>
    public const double Backoff = 0.5;

    /// <summary>Sound steps in a row before the scale grows.</summary>
    public const int GrowthInterval = 2000;

    /// <summary>What the next loss is multiplied by.</summary>
    public double Scale { get; set; } = InitialScale;

    /// <summary>Sound steps since the scale last changed.</summary>
    public int SoundSteps { get; set; }

    /// <summary>The loss to go backward from.</summary>
    /// <param name="loss">One element, float32.</param>
    public Tensor Scaled(Tensor loss) => loss * Scale;

    /// <summary>
    /// Divides a module's gradients by the scale, in place, and sets the scale of the next step.
    /// </summary>
    /// <returns>False where one of them is not finite: then no optimiser may take this step.</returns>
    public bool Unscale(Module module)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        Tensor[] grads = [.. module.Parameters().Select(static p => p.Grad).OfType<Tensor>()];
        if (grads.Length == 0) return true;
        Aten.ForeachMulInPlace(grads, 1 / Scale);
        // The largest magnitude of each is infinite or NaN where any of its elements is.
        var largest = Aten.Stack(Aten.ForeachNorm(grads, double.PositiveInfinity));
        var isSound = double.IsFinite(largest.To(DType.Float64).Sum().Item());
        Follow(isSound);
        return isSound;
    }

    private void Follow(bool isSound)
    {
        if (!isSound)
        {
            (Scale, SoundSteps) = (Scale * Backoff, 0);
            return;
        }

        if (++SoundSteps < GrowthInterval) return;
        SoundSteps = 0;
        // float32 has no room for more.
        if (Scale * Growth <= float.MaxValue) Scale *= Growth;
    }
}
