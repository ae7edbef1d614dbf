using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// Adam (Kingma and Ba 2014, algorithm 1) over all parameters at once, in one pass over memory; equal to
/// torch.optim.Adam without weight decay.
/// </summary>
public sealed class Adam : IDisposable
{
    private const string MeanPrefix = "mean.";
    private const string SquarePrefix = "square.";
    private readonly AdamOptions options;
    private readonly IReadOnlyList<NamedTensor> parameters;
    private readonly Tensor[] means;
    private readonly Tensor[] squares;

    // On the weights' device; float32 there has room for 16 million steps.
    private readonly Tensor count;
    private readonly Tensor rate;

    /// <summary>Creates zero moments for the parameters.</summary>
    public Adam(IReadOnlyList<NamedTensor> parameters, AdamOptions options)
    {
        this.parameters = parameters;
        this.options = options;
        LearningRate = options.LearningRate;
        using var noGrad = new NoGradScope();
        means = [.. parameters.Select(static p => p.Tensor.ZerosLike().DetachFromScope())];
        squares = [.. parameters.Select(static p => p.Tensor.ZerosLike().DetachFromScope())];
        var device = parameters.Count > 0 ? parameters[0].Tensor.Device : Device.Cpu;
        var exact = device.Type == DeviceType.Cpu ? DType.Float64 : DType.Float32;
        count = Tensor.Zeros([1], exact, device).DetachFromScope();
        rate = Tensor.Zeros([1], exact, device).DetachFromScope();
    }

    /// <summary>The step size of the next step; a schedule may change it.</summary>
    public double LearningRate { get; set; }

    /// <summary>Steps taken.</summary>
    public long StepCount { get; set; }

    /// <summary>Moves every parameter that has a gradient.</summary>
    public void Step()
    {
        Prepare();
        Apply();
    }

    /// <summary>
    /// Hands the number of steps and the learning rate to the device, for the calls of <see cref="Apply"/>
    /// that follow.
    /// </summary>
    public void Prepare()
    {
        using var noGrad = new NoGradScope();
        count.FillInPlace(StepCount);
        rate.FillInPlace(LearningRate);
    }

    /// <summary>
    /// <see cref="Step"/> without <see cref="Prepare"/>: work of the device alone, which can be recorded.
    /// </summary>
    public void Apply()
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (targets, grads, mean, square) = WithGradient();
        if (targets.Count == 0) return;
        StepCount++;
        count.AddInPlace(1);
        Fused.AdamStepInPlace(
            [.. targets], [.. grads], [.. mean], [.. square], count, rate, options.Beta1, options.Beta2,
            options.Epsilon);
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
        count.Dispose();
        rate.Dispose();
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
