using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>From 17x17 to 8x8.</summary>
internal sealed class InceptionBlockD : InceptionBlock
{
    private readonly JoinedPointwise first;
    private readonly FrozenConvolution three;
    private readonly FrozenConvolution[] seven;

    public InceptionBlockD(Action<FrozenLayer> register, string name)
    {
        var layers = new InceptionLayers(register, name);
        first = layers.Joined(768, null, ("branch3x3_1", 192), ("branch7x7x3_1", 192));
        three = layers.Square("branch3x3_2", 192, 320, 3, stride: 2);
        seven =
        [
            layers.Line("branch7x7x3_2", 192, 192, 1, 7),
            layers.Line("branch7x7x3_3", 192, 192, 7, 1),
            layers.Square("branch7x7x3_4", 192, 192, 3, stride: 2),
        ];
    }

    protected override Tensor[] Branches(Tensor input)
    {
        var start = first.Forward(input);
        return
        [
            three.ForwardRelu(start[0]),
            seven.Aggregate(start[1], static (x, layer) => layer.ForwardRelu(x)),
            InceptionLayers.Halve(input),
        ];
    }
}
