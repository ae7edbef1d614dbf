using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Makes the layers of one Inception block, named as torchvision does: a convolution
/// <c>NAME.conv</c> without bias, a BatchNorm <c>NAME.bn</c> with epsilon 0.001, a ReLU.</summary>
/// <param name="register">Takes every layer that is made.</param>
/// <param name="block">Name of the block, or empty.</param>
internal sealed class InceptionLayers(Action<FrozenLayer> register, string block)
{
    private const double Epsilon = 1e-3;

    /// <summary>A square kernel.</summary>
    public FrozenConvolution Square(
        string name, long inputs, long outputs, long kernel, long stride = 1, long padding = 0) =>
        Make(Shape(name, inputs, outputs, kernel, kernel) with
        {
            Stride = stride,
            Padding = (padding, padding),
        });

    /// <summary>A row or a column, with as many zeros around as keep the size.</summary>
    public FrozenConvolution Line(string name, long inputs, long outputs, long height, long width) =>
        Make(Shape(name, inputs, outputs, height, width) with { Padding = (height / 2, width / 2) });

    /// <summary>1x1 convolutions of one input, run as one.</summary>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="pooling">The pooling before the last branch, when it is an average; null when there is no
    /// pooling.</param>
    /// <param name="branches">Name and channels of each.</param>
    public JoinedPointwise Joined(
        long inputs, InceptionPooling? pooling, params (string Name, long Outputs)[] branches)
    {
        Func<Tensor, Tensor>? pool = pooling is { } kind ? x => Pool(x, kind) : null;
        var layer = new JoinedPointwise(
            [.. branches.Select(b => Shape(b.Name, inputs, b.Outputs, 1, 1))], pool);
        register(layer);
        return layer;
    }

    /// <summary>The pooling of a block's pooling branch; the size stays.</summary>
    public static Tensor Pool(Tensor input, InceptionPooling pooling) => pooling switch
    {
        InceptionPooling.Largest => input.MaxPool2d([3, 3], [1, 1], [1, 1]),
        _ => input.AvgPool2d(
            [3, 3], [1, 1], [1, 1], false, pooling == InceptionPooling.MeanWithBorder),
    };

    /// <summary>The pooling of a block that halves the picture.</summary>
    public static Tensor Halve(Tensor input) => input.MaxPool2d([3, 3], [2, 2]);

    private ConvolutionShape Shape(string name, long inputs, long outputs, long height, long width)
    {
        var full = block.Length == 0 ? name : $"{block}.{name}";
        return new ConvolutionShape(full + ".conv", inputs, outputs, height, width)
        {
            Norm = full + ".bn",
            Epsilon = Epsilon,
        };
    }

    private FrozenConvolution Make(ConvolutionShape shape)
    {
        var layer = new FrozenConvolution(shape);
        register(layer);
        return layer;
    }
}
