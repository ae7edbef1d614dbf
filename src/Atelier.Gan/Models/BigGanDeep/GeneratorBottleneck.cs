using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// Four times BatchNorm, ReLU and a convolution: 1x1 to a quarter of the channels, 3x3, 3x3, 1x1 out;
/// upsampling comes before the first 3x3. The skip drops the last channels where there are too many, and is
/// otherwise the identity. BigGAN paper, figure 16 (b); BigGAN-PyTorch 9845943 BigGANdeep.py GBlock.
/// </summary>
internal sealed class GeneratorBottleneck : Module
{
    private readonly BottleneckPlan plan;
    private readonly IConditionalNorm[] norms;
    private readonly Conv2d[] convolutions;

    public GeneratorBottleneck(
        BottleneckPlan plan, SpectralNormOptions? spectralNorm, Func<long, Module> makeNorm,
        InitializationContext init)
    {
        this.plan = plan;
        var hidden = plan.GeneratorHidden;
        convolutions =
        [
            Child("conv1", new Conv2d(plan.Inputs, hidden, 1, spectralNorm, init)),
            Child("conv2", new Conv2d(hidden, hidden, 3, spectralNorm, init)),
            Child("conv3", new Conv2d(hidden, hidden, 3, spectralNorm, init)),
            Child("conv4", new Conv2d(hidden, plan.Outputs, 1, spectralNorm, init)),
        ];
        norms =
        [
            (IConditionalNorm)Child("norm1", makeNorm(plan.Inputs)),
            (IConditionalNorm)Child("norm2", makeNorm(hidden)),
            (IConditionalNorm)Child("norm3", makeNorm(hidden)),
            (IConditionalNorm)Child("norm4", makeNorm(hidden)),
        ];
    }

    /// <param name="input">[N, I, H, W].</param>
    /// <param name="condition">Vectors [N, V].</param>
    /// <returns>[N, O, 2H, 2W] when it upsamples.</returns>
    public Tensor Forward(Tensor input, Tensor condition)
    {
        using var scope = new TensorScope();
        var h = input;
        for (var k = 0; k < convolutions.Length; k++)
        {
            h = norms[k].ForwardThenRelu(h, condition);
            h = k == 1 && plan.Resamples
                ? convolutions[k].UpsampleThenForward(h)
                : convolutions[k].Forward(h);
        }

        return scope.Keep(h.AddInPlace(Skip(input)));
    }

    private Tensor Skip(Tensor input)
    {
        var kept = plan.Outputs < plan.Inputs ? input.Narrow(1, 0, plan.Outputs) : input;
        return plan.Resamples ? Resampling.UpsampleNearest2x(kept) : kept;
    }
}
