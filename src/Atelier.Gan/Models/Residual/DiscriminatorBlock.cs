using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Residual;

/// <summary>
/// ReLU, conv 3x3, ReLU, conv 3x3, average pool; the skip is projected 1x1 and pooled. The first block has no
/// first ReLU and pools before it projects. BigGAN paper, figure 15 (c); BigGAN-PyTorch 9845943 layers.py
/// DBlock.
/// </summary>
internal sealed class DiscriminatorBlock : Module
{
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Conv2d? skip;
    private readonly bool downsamples;
    private readonly bool isFirst;
    private readonly bool rectifiesSkip;

    public DiscriminatorBlock(
        BlockPlan plan, bool isFirst, bool rectifiesSkip, SpectralNormOptions? spectralNorm,
        InitializationContext init)
    {
        this.rectifiesSkip = rectifiesSkip && !isFirst;
        this.isFirst = isFirst;
        downsamples = plan.Resamples;
        conv1 = Child("conv1", new Conv2d(plan.Inputs, plan.Hidden, 3, spectralNorm, init));
        conv2 = Child("conv2", new Conv2d(plan.Hidden, plan.Outputs, 3, spectralNorm, init));
        if (plan.Inputs != plan.Outputs || plan.Resamples)
            skip = Child("skip", new Conv2d(plan.Inputs, plan.Outputs, 1, spectralNorm, init));
    }

    /// <param name="input">[N, I, H, W].</param>
    /// <returns>[N, O, H/2, W/2] when it downsamples.</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var rectified = isFirst ? input : input.Relu();
        var h = conv1.Forward(rectified);
        h = h.ReluInPlace();      // No gradient needs what was there before, so it need not be kept.
        h = downsamples ? conv2.ForwardThenAveragePool(h) : conv2.Forward(h);
        return scope.Keep(h.AddInPlace(Skip(rectifiesSkip ? rectified : input)));
    }

    /// <summary>
    /// Pooling and a 1x1 convolution commute (the bias too, as the mean of a constant), so every block pools
    /// first, where the convolution costs a quarter.
    /// </summary>
    private Tensor Skip(Tensor input)
    {
        var pooled = downsamples ? Resampling.AveragePool2x(input) : input;
        return skip is null ? pooled : skip.Forward(pooled);
    }
}
