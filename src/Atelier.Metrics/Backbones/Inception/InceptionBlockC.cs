using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>The blocks of 17x17, with 7x7 kernels as rows and columns. arXiv:1512.00567, figure 6.</summary>
internal sealed class InceptionBlockC : InceptionBlock
{
    private readonly JoinedPointwise first;
    private readonly FrozenConvolution[] seven;
    private readonly FrozenConvolution[] sevenTwice;

    public InceptionBlockC(Action<FrozenLayer> register, string name, long width, InceptionPooling pooling)
    {
        const long channels = 768;
        var layers = new InceptionLayers(register, name);
        first = layers.Joined(
            channels, pooling, ("branch1x1", 192), ("branch7x7_1", width), ("branch7x7dbl_1", width),
            ("branch_pool", 192));
        seven =
        [
            layers.Line("branch7x7_2", width, width, 1, 7), layers.Line("branch7x7_3", width, 192, 7, 1),
        ];
        sevenTwice =
        [
            layers.Line("branch7x7dbl_2", width, width, 7, 1),
            layers.Line("branch7x7dbl_3", width, width, 1, 7),
            layers.Line("branch7x7dbl_4", width, width, 7, 1),
            layers.Line("branch7x7dbl_5", width, 192, 1, 7),
        ];
    }

    protected override Tensor[] Branches(Tensor input)
    {
        var start = first.Forward(input);
        return
        [
            start[0],
            seven.Aggregate(start[1], static (x, layer) => layer.ForwardRelu(x)),
            sevenTwice.Aggregate(start[2], static (x, layer) => layer.ForwardRelu(x)),
            start[3],
        ];
    }
}
