using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// The non-local block of SAGAN (Zhang et al. 2018, arXiv:1805.08318): theta and phi have C/8 channels, g has
/// C/2, phi and g are max-pooled 2x2, and the result enters the residual with a factor gamma that starts at
/// 0.
/// </summary>
public sealed class SelfAttention2d : Module, IUnaryModule
{
    private readonly Conv2d theta;
    private readonly Conv2d phi;
    private readonly Conv2d g;
    private readonly Conv2d o;
    private readonly Tensor gamma;
    private readonly long channels;

    /// <summary>Creates the four 1x1 convolutions, without bias.</summary>
    /// <exception cref="AtelierException">There are fewer than 8 channels.</exception>
    public SelfAttention2d(long channels, SpectralNormOptions? spectralNorm, InitializationContext init)
    {
        if (channels < 8)
            throw new AtelierException(
                FailureKind.Usage,
                $"Self-attention needs at least 8 channels; this layer has {channels}. Widen it or move it.");
        this.channels = channels;
        theta = Child("theta", new Conv2d(channels, channels / 8, 1, spectralNorm, init, hasBias: false));
        phi = Child("phi", new Conv2d(channels, channels / 8, 1, spectralNorm, init, hasBias: false));
        g = Child("g", new Conv2d(channels, channels / 2, 1, spectralNorm, init, hasBias: false));
        o = Child("o", new Conv2d(channels / 2, channels, 1, spectralNorm, init, hasBias: false));
        using var scope = new TensorScope();
        gamma = Parameter("gamma", Tensor.Zeros([]));
    }

    /// <param name="input">[N, C, H, W]; where a side is odd, its last pixels are pooled alone.</param>
    /// <returns>[N, C, H, W].</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var height = input.Size(2);
        var width = input.Size(3);
        var pixels = height * width;
        var pooled = (height + 1) / 2 * ((width + 1) / 2);        // P, HW/4 of even sides
        var query = theta.Forward(input).Reshape([-1, channels / 8, pixels]);          // [N, C/8, HW]
        var key = Pool(phi.Forward(input)).Reshape([-1, channels / 8, pooled]);        // [N, C/8, P]
        var value = Pool(g.Forward(input)).Reshape([-1, channels / 2, pooled]);        // [N, C/2, P]
        var mixed = Fused.Attention(query, key, value).Reshape([-1, channels / 2, height, width]);
        var output = gamma.To(input.DType) * o.Forward(mixed) + input;
        // Of its own, the two products: C/8 terms for each of HW P weights, and P for each mixed element.
        var products = 2.0 * ((channels / 8 * input.Size(0) * pixels * pooled) +
            (pooled * mixed.NumberOfElements));
        return scope.Keep(LayerTrace.Record(this, output, products));
    }

    private static Tensor Pool(Tensor image) => image.MaxPool2d([2, 2], ceilMode: true);
}
