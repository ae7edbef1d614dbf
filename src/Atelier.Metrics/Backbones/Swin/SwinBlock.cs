using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A block of Swin: attention within windows, then two linear layers.</summary>
internal sealed class SwinBlock
{
    private const double Epsilon = 1e-5;
    private readonly FrozenLayerNorm normA;
    private readonly SwinAttention attention;
    private readonly FrozenLayerNorm normB;
    private readonly FrozenLinear widen;
    private readonly FrozenLinear narrow;

    public SwinBlock(Action<FrozenLayer> register, string name, long width, long heads, bool isShifted)
    {
        normA = new FrozenLayerNorm($"{name}.norm1", width, Epsilon).Into(register);
        attention = new SwinAttention($"{name}.attn", width, heads, isShifted).Into(register);
        normB = new FrozenLayerNorm($"{name}.norm2", width, Epsilon).Into(register);
        widen = new FrozenLinear($"{name}.mlp.0", width, 4 * width).Into(register);
        narrow = new FrozenLinear($"{name}.mlp.3", 4 * width, width).Into(register);
    }

    /// <param name="input">[N, H, W, C].</param>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var x = input + attention.Forward(normA.Forward(input));
        return scope.Keep(x.AddInPlace(narrow.Forward(widen.Forward(normB.Forward(x)).Gelu())));
    }
}
