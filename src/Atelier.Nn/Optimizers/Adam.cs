using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// Adam (Kingma and Ba 2014, algorithm 1) over all parameters at once with the multi-tensor operators; equal
/// to torch.optim.Adam without weight decay.
/// </summary>
public sealed class Adam : IDisposable
{
    private const string MeanPrefix = "mean.";
    private const string SquarePrefix = "square.";
    private readonly AdamOptions options;
    private readonly IReadOnlyList<NamedTensor> parameters;
    private readonly Tensor[] means;
    private readonly Tensor[] squares;

    /// <summary>Creates zero moments for the parameters.</summary>
    public Adam(IReadOnlyList<NamedTensor> parameters, AdamOptions options)
    {
        this.parameters = parameters;
        this.options = options;
        LearningRate = options.LearningRate;
        using var noGrad = new NoGradScope();
        means = [.. parameters.Select(static p => p.Tensor.ZerosLike().DetachFromScope())];
        squares = [.. parameters.Select(static p => p.Tensor.ZerosLike().DetachFromScope())];
    }

    /// <summary>The step size of the next step; a schedule may change it.</summary>
    public double LearningRate { get; set; }

    /// <summary>Steps taken.</summary>
    public long StepCount { get; set; }

    /// <summary>Moves every parameter that has a gradient.</summary>
    public void Step()
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (targets, grads, mean, square) = WithGradient();
        if (targets.Count == 0) return;
        StepCount++;
        var (m, v, g) = (mean.ToArray(), square.ToArray(), grads.ToArray());
        // m = β1 m + (1 - β1) g;  v = β2 v + (1 - β2) g²
        Aten.ForeachMulInPlace(m, options.Beta1);
        Aten.ForeachAddInPlace(m, g, 1 - options.Beta1);
        Aten.ForeachMulInPlace(v, options.Beta2);
        Aten.ForeachAddcmulInPlace(v, g, g, 1 - options.Beta2);
        // w -= lr / (1 - β1^t) * m / (sqrt(v) / sqrt(1 - β2^t) + ε)
        var root = Aten.ForeachSqrt(v);
        Aten.ForeachMulInPlace(root, 1 / Math.Sqrt(1 - Math.Pow(options.Beta2, StepCount)));
        Aten.ForeachAddInPlace(root, options.Epsilon);
        var size = LearningRate / (1 - Math.Pow(options.Beta1, StepCount));
        Aten.ForeachAddcdivInPlace([.. targets], m, root, -size);
    }

    /// <summary>The moments, named after their parameters, in the parameters' order.</summary>
    public IReadOnlyList<NamedTensor> State() =>
    [
        .. parameters.Select((p, k) => new NamedTensor(MeanPrefix + p.Name, means[k])),
        .. parameters.Select((p, k) => new NamedTensor(SquarePrefix + p.Name, squares[k])),
    ];

    /// <summary>
    /// Overwrites the moments; <see cref="StepCount"/> and <see cref="LearningRate"/> are set apart.
    /// </summary>
    /// <exception cref="AtelierException">The stored moments are of other parameters.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> source)
    {
        StateMatch.Of(State(), source).ThrowIfAny();
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        foreach (var (name, tensor) in State()) tensor.CopyInPlace(source[name]);
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        foreach (var tensor in means) tensor.Dispose();
        foreach (var tensor in squares) tensor.Dispose();
    }

    private (List<Tensor> Targets, List<Tensor> Grads, List<Tensor> Means, List<Tensor> Squares)
        WithGradient()
    {
        var found = (new List<Tensor>(), new List<Tensor>(), new List<Tensor>(), new List<Tensor>());
        for (var k = 0; k < parameters.Count; k++)
        {
            if (parameters[k].Tensor.Grad is not { } grad) continue;
            found.Item1.Add(parameters[k].Tensor);
            found.Item2.Add(grad);
            found.Item3.Add(means[k]);
            found.Item4.Add(squares[k]);
        }

        return found;
    }
}
