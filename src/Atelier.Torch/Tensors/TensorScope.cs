namespace Atelier.Torch;

/// <summary>
/// Owns every tensor that this thread makes while the scope is the innermost open one, and frees them at its
/// end, all but those handed out with <see cref="Keep(Tensor)"/>. Scopes nest; they belong to the thread that
/// opened them.
/// </summary>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? current;

    // Scopes open and close once a layer or a step, so their lists are worth keeping.
    [ThreadStatic]
    private static Stack<List<Tensor>>? spareLists;

    private readonly TensorScope? parent;
    private readonly List<Tensor> tensors;
    private bool isClosed;

    /// <summary>Opens a scope inside the current one of this thread.</summary>
    public TensorScope()
    {
        parent = current;
        tensors = spareLists is { Count: > 0 } ? spareLists.Pop() : [];
        current = this;
    }

    /// <summary>The innermost open scope of this thread.</summary>
    internal static TensorScope? Current => current;

    /// <summary>Hands a tensor to the enclosing scope, or to the caller when there is none.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor Keep(Tensor tensor)
    {
        // A parameter or an outer scope's tensor passes through untouched.
        if (tensor.Scope != this) return tensor;
        if (parent is null) return tensor.DetachFromScope();
        tensor.MoveTo(parent);
        parent.tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Frees what the scope still owns.</summary>
    public void Dispose()
    {
        if (isClosed) return;
        if (current != this)
            throw new AtelierException(
                FailureKind.Bug,
                "A TensorScope was closed while an inner one was still open, or on another thread.");
        isClosed = true;
        current = parent;
        // Last made, first freed: the allocator then gives whole runs back instead of leaving holes.
        for (var k = tensors.Count - 1; k >= 0; k--)
            if (tensors[k].Scope == this)
                tensors[k].Dispose();
        tensors.Clear();
        (spareLists ??= new Stack<List<Tensor>>()).Push(tensors);
    }

    internal void Add(Tensor tensor) => tensors.Add(tensor);
}
