using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>2-D convolution with stride 1 and same padding, with or without spectral norm.</summary>
public sealed class Conv2d : Module, IUnaryModule
{
    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly SpectralNorm? norm;
    private readonly long padding;
    private readonly long stride;

    /// <summary>
    /// Creates the layer; the weight [O, I, K, K] is set by an initialiser, the bias [O] is zero.
    /// </summary>
    public Conv2d(
        long inputs, long outputs, int kernel, SpectralNormOptions? spectralNorm, InitializationContext init,
        bool hasBias = true, long stride = 1)
    {
        using var scope = new TensorScope();
        padding = kernel / 2;
        this.stride = stride;
        weight = Parameter("weight", init.Weight([outputs, inputs, kernel, kernel]));
        if (hasBias) bias = Parameter("bias", Tensor.Zeros([outputs]));
        if (spectralNorm is not null)
            norm = Child("norm", new SpectralNorm(outputs, spectralNorm, init.Generator));
    }

    /// <param name="input">[N, I, H, W].</param>
    /// <returns>[N, O, H/stride, W/stride].</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var used = norm is null ? weight : norm.Normalize(weight);
        return scope.Keep(Aten.Conv2d(input, used, bias, [stride, stride], [padding, padding]));
    }
}
