using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>From 35x35 to 17x17.</summary>
internal sealed class InceptionBlockB : InceptionBlock
{
    private readonly FrozenConvolution three;
    private readonly FrozenConvolution doubleA;
    private readonly FrozenConvolution doubleB;
    private readonly FrozenConvolution doubleC;

    public InceptionBlockB(Action<FrozenLayer> register, string name, long inputs)
    {
        var layers = new InceptionLayers(register, name);
        three = layers.Square("branch3x3", inputs, 384, 3, stride: 2);
        doubleA = layers.Square("branch3x3dbl_1", inputs, 64, 1);
        doubleB = layers.Square("branch3x3dbl_2", 64, 96, 3, padding: 1);
        doubleC = layers.Square("branch3x3dbl_3", 96, 96, 3, stride: 2);
    }

    protected override Tensor[] Branches(Tensor input) =>
    [
        three.ForwardRelu(input),
        doubleC.ForwardRelu(doubleB.ForwardRelu(doubleA.ForwardRelu(input))),
        InceptionLayers.Halve(input),
    ];
}
