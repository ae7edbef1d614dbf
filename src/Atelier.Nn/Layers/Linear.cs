using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>y = x Wᵀ + b, with or without spectral norm.</summary>
public sealed class Linear : Module, IUnaryModule
{
    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly SpectralNorm? norm;

    /// <summary>
    /// Creates the layer; the weight [O, I] is set by an initialiser, the bias [O] is zero.
    /// </summary>
    public Linear(
        long inputs, long outputs, SpectralNormOptions? spectralNorm, InitializationContext init,
        bool hasBias = true)
    {
        using var scope = new TensorScope();
        weight = Parameter("weight", init.Weight([outputs, inputs]));
        if (hasBias) bias = Parameter("bias", Tensor.Zeros([outputs]));
        if (spectralNorm is not null)
            norm = Child("norm", new SpectralNorm(outputs, spectralNorm, init.Generator));
    }

    /// <param name="input">[N, I].</param>
    /// <returns>[N, O].</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var output = Aten.Linear(input, norm is null ? weight : norm.Normalize(weight), bias);
        return scope.Keep(LayerTrace.Record(this, output, 2.0 * weight.Size(1) * output.NumberOfElements));
    }
}
