using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// Four times ReLU and a convolution: 1x1 to a quarter of the outputs, 3x3, 3x3, 1x1 out; average pooling
/// comes before the last one. The skip is pooled, and where channels are missing a 1x1 convolution of it adds
/// them behind. BigGAN paper, figure 16 (c); BigGAN-PyTorch 9845943 BigGANdeep.py DBlock.
/// </summary>
internal sealed class DiscriminatorBottleneck : Module
{
    private readonly bool downsamples;
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Conv2d conv3;
    private readonly Conv2d conv4;
    private readonly Conv2d? skip;

    public DiscriminatorBottleneck(
        BottleneckPlan plan, SpectralNormOptions? spectralNorm, InitializationContext init)
    {
        downsamples = plan.Resamples;
        var hidden = plan.DiscriminatorHidden;
        conv1 = Child("conv1", new Conv2d(plan.Inputs, hidden, 1, spectralNorm, init));
        conv2 = Child("conv2", new Conv2d(hidden, hidden, 3, spectralNorm, init));
        conv3 = Child("conv3", new Conv2d(hidden, hidden, 3, spectralNorm, init));
        conv4 = Child("conv4", new Conv2d(hidden, plan.Outputs, 1, spectralNorm, init));
        if (plan.Outputs > plan.Inputs)
            skip = Child("skip", new Conv2d(plan.Inputs, plan.Outputs - plan.Inputs, 1, spectralNorm, init));
    }

    /// <param name="input">[N, I, H, W].</param>
    /// <returns>[N, O, H/2, W/2] when it downsamples.</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var h = conv1.Forward(input.Relu());
        // In place: no gradient needs what was there before, so it need not be kept.
        h = conv3.Forward(conv2.Forward(h.ReluInPlace()).ReluInPlace()).ReluInPlace();
        h = conv4.Forward(Pool(h));
        return scope.Keep(h.AddInPlace(Skip(input)));
    }

    private Tensor Skip(Tensor input)
    {
        var pooled = Pool(input);
        return skip is null ? pooled : Aten.Cat([pooled, skip.Forward(pooled)], 1);
    }

    private Tensor Pool(Tensor image) => downsamples ? Resampling.AveragePool2x(image) : image;
}
