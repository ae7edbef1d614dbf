using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>The blocks of 8x8, whose last kernels are a row and a column side by side. arXiv:1512.00567,
/// figure 7.</summary>
internal sealed class InceptionBlockE : InceptionBlock
{
    private readonly JoinedPointwise first;
    private readonly FrozenConvolution[] three;
    private readonly FrozenConvolution doubleB;
    private readonly FrozenConvolution[] doubleC;
    private readonly FrozenConvolution? pooled;

    public InceptionBlockE(Action<FrozenLayer> register, string name, long inputs, InceptionPooling pooling)
    {
        var layers = new InceptionLayers(register, name);
        (string, long)[] pointwise = [("branch1x1", 320), ("branch3x3_1", 384), ("branch3x3dbl_1", 448)];
        // The largest of nine does not commute with a convolution.
        var joins = pooling != InceptionPooling.Largest;
        first = joins
            ? layers.Joined(inputs, pooling, [.. pointwise, ("branch_pool", 192)])
            : layers.Joined(inputs, null, pointwise);
        pooled = joins ? null : layers.Square("branch_pool", inputs, 192, 1);
        three = [layers.Line("branch3x3_2a", 384, 384, 1, 3), layers.Line("branch3x3_2b", 384, 384, 3, 1)];
        doubleB = layers.Square("branch3x3dbl_2", 448, 384, 3, padding: 1);
        doubleC =
        [
            layers.Line("branch3x3dbl_3a", 384, 384, 1, 3), layers.Line("branch3x3dbl_3b", 384, 384, 3, 1),
        ];
    }

    protected override Tensor[] Branches(Tensor input)
    {
        var start = first.Forward(input);
        var single = start[1].Contiguous(MemoryFormat.ChannelsLast);
        var twice = doubleB.ForwardRelu(start[2]);
        return
        [
            start[0],
            .. three.Select(layer => layer.ForwardRelu(single)),
            .. doubleC.Select(layer => layer.ForwardRelu(twice)),
            pooled is null
                ? start[3]
                : pooled.ForwardRelu(InceptionLayers.Pool(input, InceptionPooling.Largest)),
        ];
    }
}
