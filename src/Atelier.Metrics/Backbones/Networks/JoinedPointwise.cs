using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Several 1x1 convolutions of one input with BatchNorm and ReLU, run as one: the input is read once and the
/// product is wide enough to keep the processor busy. The last branch may be a pooling followed by its
/// convolution; averaging commutes with a 1x1 convolution, so it is done behind it, on fewer channels.
/// </summary>
/// <param name="branches">The convolutions, each with a BatchNorm.</param>
/// <param name="pool">The average pooling of the last branch, or null.</param>
internal sealed class JoinedPointwise(
    IReadOnlyList<ConvolutionShape> branches, Func<Tensor, Tensor>? pool) : FrozenLayer
{
    private Tensor? weight;
    private Tensor? bias;
    private Tensor? pooledBias;
    private FrozenConvolution[]? separate;

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSlot> Slots => [.. branches.SelectMany(static b => b.Slots)];

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, Tensor> weights, WeightFolding folding)
    {
        separate = folding == WeightFolding.Separate
            ? [.. branches.Select(static branch => new FrozenConvolution(branch))]
            : null;
        foreach (var layer in separate ?? []) layer.Load(weights, folding);
        if (separate is not null) return;

        using var scope = new TensorScope();
        var parts = branches.Select(branch => branch.Fold(weights)).ToArray();
        var biases = parts.Select(static part => part.Bias!).ToArray();
        if (pool is not null)
        {
            // Zeros of the padding are averaged without the bias, so it is added behind the pooling.
            pooledBias = Own(biases[^1].Reshape([1, -1, 1, 1]));
            biases[^1] = biases[^1] * 0;
        }

        var kernels = Aten.Cat([.. parts.Select(static part => part.Kernel)]);
        weight = Own(kernels.Contiguous(MemoryFormat.ChannelsLast).Clone());
        bias = Own(Aten.Cat(biases));
    }

    /// <param name="input">[N, I, H, W].</param>
    /// <returns>One [N, O, H, W] a branch; they may be slices of one tensor.</returns>
    public Tensor[] Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var results = separate is null ? RunJoined(input) : RunSeparate(input);
        return Array.ConvertAll(results, scope.Keep);
    }

    /// <summary>Frees the weights.</summary>
    public override void Dispose()
    {
        foreach (var layer in separate ?? []) layer.Dispose();
        base.Dispose();
    }

    private Tensor[] RunJoined(Tensor input)
    {
        var all = Aten.Conv2d(input, weight!, bias);
        var results = new Tensor[branches.Count];
        var start = 0L;
        for (var k = 0; k < results.Length; k++)
        {
            results[k] = all.Narrow(1, start, branches[k].Outputs);
            start += branches[k].Outputs;
        }

        if (pool is null)
        {
            _ = all.ReluInPlace();
            return results;
        }

        _ = all.Narrow(1, 0, start - branches[^1].Outputs).ReluInPlace();
        results[^1] = pool(results[^1]).AddInPlace(pooledBias!).ReluInPlace();
        return results;
    }

    private Tensor[] RunSeparate(Tensor input)
    {
        var results = new Tensor[branches.Count];
        for (var k = 0; k < results.Length; k++)
        {
            var from = pool is not null && k == results.Length - 1 ? pool(input) : input;
            results[k] = separate![k].ForwardRelu(from);
        }

        return results;
    }
}
