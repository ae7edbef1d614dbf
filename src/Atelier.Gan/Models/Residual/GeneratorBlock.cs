using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Residual;

/// <summary>
/// cBN, ReLU, upsample, conv 3x3, cBN, ReLU, conv 3x3; the skip is upsampled and projected 1x1 where the
/// shape changes. BigGAN paper, figure 15 (b); BigGAN-PyTorch 9845943 layers.py GBlock.
/// </summary>
internal sealed class GeneratorBlock : Module
{
    private readonly IConditionalNorm norm1;
    private readonly IConditionalNorm norm2;
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Conv2d? skip;
    private readonly bool upsamples;

    public GeneratorBlock(
        BlockPlan plan, SpectralNormOptions? spectralNorm, Func<long, Module> makeNorm,
        InitializationContext init)
    {
        upsamples = plan.Resamples;
        conv1 = Child("conv1", new Conv2d(plan.Inputs, plan.Hidden, 3, spectralNorm, init));
        conv2 = Child("conv2", new Conv2d(plan.Hidden, plan.Outputs, 3, spectralNorm, init));
        if (plan.Inputs != plan.Outputs || plan.Resamples)
            skip = Child("skip", new Conv2d(plan.Inputs, plan.Outputs, 1, spectralNorm, init));
        norm1 = (IConditionalNorm)Child("norm1", makeNorm(plan.Inputs));
        norm2 = (IConditionalNorm)Child("norm2", makeNorm(plan.Hidden));
    }

    /// <param name="input">[N, I, H, W].</param>
    /// <param name="condition">Class ids [N], vectors [N, V], or null where the norms are plain.</param>
    /// <returns>[N, O, 2H, 2W] when it upsamples.</returns>
    public Tensor Forward(Tensor input, Tensor? condition)
    {
        using var scope = new TensorScope();
        var h = norm1.ForwardThenRelu(input, condition);
        h = upsamples ? conv1.UpsampleThenForward(h) : conv1.Forward(h);     // [N, O, 2H, 2W]
        h = conv2.Forward(norm2.ForwardThenRelu(h, condition));
        return scope.Keep(h + Skip(input));
    }

    /// <summary>
    /// A 1x1 convolution and nearest upsampling commute; the small image is the cheaper one to convolve.
    /// </summary>
    private Tensor Skip(Tensor input)
    {
        var projected = skip is null ? input : skip.Forward(input);
        return upsamples ? Resampling.UpsampleNearest2x(projected) : projected;
    }
}
