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

    // What atelier::convolution3x3 calls them.
    private const int AsItIs = 0;
    private const int UpsampleBefore = 1;
    private const int PoolAfter = -1;

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
    public Tensor Forward(Tensor input) => Run(input, AsItIs);

    /// <summary>
    /// <see cref="Forward"/> of the nearest-neighbour enlargement of the input, for a 3x3 kernel. The large
    /// picture is never made: every place of it that a tile of the result meets twice is multiplied once.
    /// </summary>
    /// <param name="input">[N, I, H, W].</param>
    /// <returns>[N, O, 2H, 2W].</returns>
    public Tensor UpsampleThenForward(Tensor input) => Run(input, UpsampleBefore);

    /// <summary>
    /// The mean of every 2x2 square of <see cref="Forward"/>'s result, for a 3x3 kernel; the large picture is
    /// never made. The same sum in another order, at less than half the multiplications.
    /// </summary>
    /// <param name="input">[N, I, H, W], H and W even.</param>
    /// <returns>[N, O, H/2, W/2].</returns>
    public Tensor ForwardThenAveragePool(Tensor input) => Run(input, PoolAfter);

    private Tensor Run(Tensor input, int resampling)
    {
        var isFused = padding == 1 && stride == 1;
        if (resampling != AsItIs && !isFused)
            throw new AtelierException(
                FailureKind.Bug, "Only a 3x3 convolution with stride 1 can be joined to a change of size.");
        using var scope = new TensorScope();
        var kernel = Kernel();
        if (LayerTrace.IsOpen) input = input.Narrow(1, 0, 1);
        var output = isFused
            ? Fused.Convolution3x3(input, kernel, bias, resampling)
            : Aten.Conv2d(input, kernel, bias, [stride, stride], [padding, padding]);
        // Every element of the convolution is a sum over the inputs' channels and the kernel's places.
        var terms = weight.Size(1) * kernel.Size(2) * kernel.Size(3) * (resampling == PoolAfter ? 4 : 1);
        return scope.Keep(LayerTrace.Record(this, output, 2.0 * terms * output.NumberOfElements));
    }

    private Tensor Kernel()
    {
        if (LayerTrace.IsOpen) return weight.Narrow(1, 0, 1);
        return norm is null ? weight : norm.Normalize(weight);
    }
}
