using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A block of a vision transformer: attention over all tokens, then two linear layers, each behind a
/// layer norm and beside a skip. Dosovitskiy et al., arXiv:2010.11929; DINO's names.</summary>
internal sealed class TransformerBlock
{
    private const double Epsilon = 1e-6;
    private readonly long heads;
    private readonly FrozenLayerNorm normA;
    private readonly FrozenLinear queries;
    private readonly FrozenLinear projection;
    private readonly FrozenLayerNorm normB;
    private readonly FrozenLinear widen;
    private readonly FrozenLinear narrow;

    public TransformerBlock(Action<FrozenLayer> register, string name, long width, long heads)
    {
        this.heads = heads;
        normA = new FrozenLayerNorm($"{name}.norm1", width, Epsilon).Into(register);
        queries = new FrozenLinear($"{name}.attn.qkv", width, 3 * width).Into(register);
        projection = new FrozenLinear($"{name}.attn.proj", width, width).Into(register);
        normB = new FrozenLayerNorm($"{name}.norm2", width, Epsilon).Into(register);
        widen = new FrozenLinear($"{name}.mlp.fc1", width, 4 * width).Into(register);
        narrow = new FrozenLinear($"{name}.mlp.fc2", 4 * width, width).Into(register);
    }

    /// <param name="tokens">[N, T, width].</param>
    public Tensor Forward(Tensor tokens)
    {
        using var scope = new TensorScope();
        var x = tokens + Attend(normA.Forward(tokens));
        return scope.Keep(x.AddInPlace(narrow.Forward(widen.Forward(normB.Forward(x)).Gelu())));
    }

    private Tensor Attend(Tensor tokens)
    {
        using var scope = new TensorScope();
        var (count, length, width) = (tokens.Size(0), tokens.Size(1), tokens.Size(2));
        var perHead = width / heads;
        // [3, N, heads, T, width / heads]
        var parts = queries.Forward(tokens).Reshape([count, length, 3, heads, perHead])
            .Permute([2, 0, 3, 1, 4]);
        var (query, key, value) = (parts.Select(0, 0), parts.Select(0, 1), parts.Select(0, 2));
        var weights = (query * (1 / Math.Sqrt(perHead))).Matmul(key.Transpose(-2, -1)).Softmax(-1);
        var mixed = weights.Matmul(value).Transpose(1, 2).Reshape([count, length, width]);
        return scope.Keep(projection.Forward(mixed));
    }
}
