using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// A part of a network: named parameters, named buffers and named children, in the order they were
/// registered. A module owns its tensors; they live until it is disposed.
/// </summary>
public abstract class Module : IDisposable
{
    private readonly List<NamedTensor> parameters = [];
    private readonly List<NamedTensor> buffers = [];
    private readonly List<(string Name, Module Module)> children = [];

    /// <summary>
    /// True while training: BatchNorm uses the batch's statistics, spectral norm advances its vectors.
    /// </summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>
    /// False where regularisers of weights leave this module's own parameters alone, as for a table whose
    /// rows need not be unlike each other.
    /// </summary>
    public bool HasRegularisedWeights { get; init; } = true;

    /// <summary>Every module of the tree, this one first, with its dotted path.</summary>
    public IEnumerable<(string Path, Module Module)> Modules(string prefix = "")
    {
        yield return (prefix.TrimEnd('.'), this);
        foreach (var (name, child) in children)
            foreach (var found in child.Modules(prefix + name + "."))
                yield return found;
    }

    /// <summary>The learnable tensors of the tree with dotted names.</summary>
    public IReadOnlyList<NamedTensor> NamedParameters() => Collect(static module => module.parameters);

    /// <summary>
    /// The tensors of the tree that are state but not learnt: running statistics, power iteration vectors.
    /// </summary>
    public IReadOnlyList<NamedTensor> NamedBuffers() => Collect(static module => module.buffers);

    /// <summary>Parameters and buffers, module by module.</summary>
    public IReadOnlyList<NamedTensor> State() =>
        Collect(static module => module.parameters.Concat(module.buffers));

    /// <summary>The learnable tensors without their names, in the same order.</summary>
    public Tensor[] Parameters() => [.. NamedParameters().Select(static p => p.Tensor)];

    /// <summary>The number of learnable elements.</summary>
    public long ParameterCount() => NamedParameters().Sum(static p => p.Tensor.NumberOfElements);

    /// <summary>Sets training or evaluation mode for the whole tree.</summary>
    public void Train(bool enabled = true)
    {
        IsTraining = enabled;
        foreach (var (_, child) in children) child.Train(enabled);
    }

    /// <summary>Drops every gradient of the tree.</summary>
    public void ZeroGrad()
    {
        foreach (var (_, tensor) in parameters) tensor.Grad = null;
        foreach (var (_, child) in children) child.ZeroGrad();
    }

    /// <summary>
    /// Switches gradients for every parameter of the tree, so that a frozen network costs no backward pass.
    /// </summary>
    public void RequireGrad(bool enabled)
    {
        foreach (var (_, tensor) in parameters) tensor.RequiresGrad = enabled;
        foreach (var (_, child) in children) child.RequireGrad(enabled);
    }

    /// <summary>
    /// Overwrites the state with tensors of the same names and shapes; layouts and devices stay.
    /// </summary>
    /// <exception cref="AtelierException">A name is missing or unexpected, or a shape differs; all are
    /// listed.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> source)
    {
        StateMatch.Of(State(), source).ThrowIfAny();
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        foreach (var (name, tensor) in State()) tensor.CopyInPlace(source[name]);
    }

    /// <summary>
    /// Moves every parameter and buffer of the tree to a device; gradients are dropped. What was built from
    /// the tensors before, such as an optimiser, has to be built after it.
    /// </summary>
    public void MoveTo(Device device)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        foreach (var (_, tensor) in State())
        {
            if (tensor.Device == device) continue;
            tensor.Grad = null;
            tensor.SetData(tensor.To(device, tensor.DType));
        }
    }

    /// <summary>Copies the state of a module of the same structure.</summary>
    public void CopyStateFrom(Module other)
    {
        using var scope = new TensorScope();
        LoadState(other.State().ToDictionary(static s => s.Name, static s => s.Tensor));
    }

    /// <summary>Frees the tensors of the whole tree.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the tensors of the whole tree.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var (_, tensor) in parameters) tensor.Dispose();
        foreach (var (_, tensor) in buffers) tensor.Dispose();
        foreach (var (_, child) in children) child.Dispose();
    }

    /// <summary>
    /// Registers a learnable tensor; it leaves the current scope and lives as long as the module.
    /// </summary>
    protected Tensor Parameter(string name, Tensor value)
    {
        var tensor = value.DetachFromScope();
        tensor.RequiresGrad = true;
        parameters.Add(new NamedTensor(name, tensor));
        return tensor;
    }

    /// <summary>
    /// Registers a tensor of state; it leaves the current scope and lives as long as the module.
    /// </summary>
    protected Tensor Buffer(string name, Tensor value)
    {
        buffers.Add(new NamedTensor(name, value.DetachFromScope()));
        return value;
    }

    /// <summary>Registers a part of this module.</summary>
    protected T Child<T>(string name, T module)
        where T : Module
    {
        children.Add((name, module));
        return module;
    }

    private List<NamedTensor> Collect(Func<Module, IEnumerable<NamedTensor>> pick)
    {
        var found = new List<NamedTensor>();
        foreach (var (path, module) in Modules())
            foreach (var (name, tensor) in pick(module))
                found.Add(new NamedTensor(path.Length == 0 ? name : path + "." + name, tensor));
        return found;
    }
}
