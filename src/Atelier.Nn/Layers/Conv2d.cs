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
        return scope.Keep(Run(input, Kernel(), stride, padding));
    }

    /// <summary>
    /// The mean of every 2x2 square of <see cref="Forward"/>'s result, for a 3x3 kernel: one convolution with
    /// stride 2 whose 4x4 kernel is the mean of the 3x3 kernel at its four places. The same sum in another
    /// order, at less than half the multiplications and without the large picture in between.
    /// </summary>
    /// <param name="input">[N, I, H, W], H and W even.</param>
    /// <returns>[N, O, H/2, W/2].</returns>
    public Tensor ForwardThenAveragePool(Tensor input)
    {
        if (padding != 1 || stride != 1)
            throw new AtelierException(
                FailureKind.Bug, "Only a 3x3 convolution with stride 1 can be joined to a pooling.");
        using var scope = new TensorScope();
        var kernel = Kernel();
        var spread = kernel.ConstantPadNd([0, 1, 0, 1]) + kernel.ConstantPadNd([1, 0, 0, 1]) +
            kernel.ConstantPadNd([0, 1, 1, 0]) + kernel.ConstantPadNd([1, 0, 1, 0]);
        return scope.Keep(Run(input, spread * 0.25, 2, 1));
    }

    private Tensor Kernel()
    {
        if (LayerTrace.IsOpen) return weight.Narrow(1, 0, 1);
        return norm is null ? weight : norm.Normalize(weight);
    }

    private Tensor Run(Tensor input, Tensor kernel, long step, long margin)
    {
        if (LayerTrace.IsOpen) input = input.Narrow(1, 0, 1);
        var output = Aten.Conv2d(input, kernel, bias, [step, step], [margin, margin]);
        // Every output element is a sum over the inputs' channels and the kernel's places.
        var terms = weight.Size(1) * kernel.Size(2) * kernel.Size(3);
        return LayerTrace.Record(this, output, 2.0 * terms * output.NumberOfElements);
    }
}
