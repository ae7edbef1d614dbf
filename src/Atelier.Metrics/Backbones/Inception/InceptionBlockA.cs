using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>The blocks of 35x35: 1x1, 5x5, two 3x3, pooling. Szegedy et al., arXiv:1512.00567, figure
/// 5.</summary>
internal sealed class InceptionBlockA : InceptionBlock
{
    private readonly JoinedPointwise first;
    private readonly FrozenConvolution five;
    private readonly FrozenConvolution threeB;
    private readonly FrozenConvolution threeC;

    public InceptionBlockA(
        Action<FrozenLayer> register, string name, long inputs, long pooled, InceptionPooling pooling)
    {
        var layers = new InceptionLayers(register, name);
        first = layers.Joined(
            inputs, pooling, ("branch1x1", 64), ("branch5x5_1", 48), ("branch3x3dbl_1", 64),
            ("branch_pool", pooled));
        five = layers.Square("branch5x5_2", 48, 64, 5, padding: 2);
        threeB = layers.Square("branch3x3dbl_2", 64, 96, 3, padding: 1);
        threeC = layers.Square("branch3x3dbl_3", 96, 96, 3, padding: 1);
    }

    protected override Tensor[] Branches(Tensor input)
    {
        var start = first.Forward(input);
        return
        [
            start[0], five.ForwardRelu(start[1]), threeC.ForwardRelu(threeB.ForwardRelu(start[2])), start[3],
        ];
    }
}
