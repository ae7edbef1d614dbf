using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Halves the picture: the four places of each square behind one another, then a linear layer to
/// twice the channels.</summary>
internal sealed class SwinMerging
{
    private readonly FrozenLayerNorm norm;
    private readonly FrozenLinear reduction;

    public SwinMerging(Action<FrozenLayer> register, string name, long width)
    {
        reduction = new FrozenLinear($"{name}.reduction", 4 * width, 2 * width, hasBias: false)
            .Into(register);
        norm = new FrozenLayerNorm($"{name}.norm", 4 * width, 1e-5).Into(register);
    }

    /// <param name="input">[N, H, W, C], H and W even.</param>
    /// <returns>[N, H/2, W/2, 2C].</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        // Down the columns first: (0, 0), (1, 0), (0, 1), (1, 1).
        var places = new[] { (0, 0), (1, 0), (0, 1), (1, 1) }.Select(p =>
            input.Slice(1, p.Item1, null, 2).Slice(2, p.Item2, null, 2)).ToArray();
        return scope.Keep(reduction.Forward(norm.Forward(Aten.Cat(places, -1))));
    }
}
