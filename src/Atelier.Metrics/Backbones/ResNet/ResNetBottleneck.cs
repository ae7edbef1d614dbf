using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A residual block of 1x1, 3x3 and 1x1 convolutions; the 3x3 one has the stride, as in torchvision
/// ("v1.5").</summary>
internal sealed class ResNetBottleneck
{
    private const long Expansion = 4;
    private readonly FrozenConvolution[] layers;
    private readonly FrozenConvolution? skip;

    /// <param name="register">Takes every layer.</param>
    /// <param name="name">Name of the block, such as <c>layer1.0</c>.</param>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="width">Channels inside; four times as many come out.</param>
    /// <param name="stride">1, or 2 to halve the picture.</param>
    public ResNetBottleneck(
        Action<FrozenLayer> register, string name, long inputs, long width, long stride)
    {
        var outputs = width * Expansion;
        layers =
        [
            Make(1, new ConvolutionShape($"{name}.conv1", inputs, width, 1, 1)),
            Make(2, new ConvolutionShape($"{name}.conv2", width, width, 3, 3)
            {
                Stride = stride,
                Padding = (1, 1),
            }),
            Make(3, new ConvolutionShape($"{name}.conv3", width, outputs, 1, 1)),
        ];
        if (stride == 1 && inputs == outputs) return;
        skip = new FrozenConvolution(
            new ConvolutionShape($"{name}.downsample.0", inputs, outputs, 1, 1)
            {
                Stride = stride,
                Norm = $"{name}.downsample.1",
            }).Into(register);

        FrozenConvolution Make(int number, ConvolutionShape shape) =>
            new FrozenConvolution(shape with { Norm = $"{name}.bn{number}" }).Into(register);
    }

    /// <param name="input">[N, I, H, W].</param>
    /// <returns>[N, 4 width, H / stride, W / stride].</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var x = layers[1].ForwardRelu(layers[0].ForwardRelu(input));
        var sum = layers[2].Forward(x).AddInPlace(skip is null ? input : skip.Forward(input));
        return scope.Keep(sum.ReluInPlace());
    }
}
