using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>
/// A libtorch tensor. Made inside a <see cref="TensorScope"/> it belongs to that scope; made outside one it
/// belongs to the caller, who disposes it. The operators are generated from Operators/operators.txt.
/// </summary>
public sealed unsafe partial class Tensor : IDisposable
{
    private static long liveCount;

    private nint handle;
    private TensorHandle? owner;
    private TensorScope? scope;

    private Tensor(nint native)
    {
        handle = native;
        Interlocked.Increment(ref liveCount);
        scope = TensorScope.Current;
        if (scope is null) owner = new TensorHandle(native);
        else scope.Add(this);
    }

    /// <summary>Native tensor references held by managed code at this moment, over all threads.</summary>
    public static long LiveCount => Interlocked.Read(ref liveCount);

    /// <summary>Tensors that only the finalizer freed; anything above zero is a missing dispose.</summary>
    public static long FinalizedCount => TensorHandle.FinalizedCount;

    /// <summary>True after <see cref="Dispose"/>, or after the owning scope ended.</summary>
    public bool IsDisposed => handle == 0;

    internal nint Handle => handle != 0 ? handle : throw Disposed();

    internal TensorScope? Scope => scope;

    /// <summary>Frees the native reference now. A second call does nothing.</summary>
    public void Dispose()
    {
        if (handle == 0) return;
        var native = handle;
        handle = 0;
        scope = null;
        if (owner is not null)
        {
            owner.Dispose();
            owner = null;
            return;
        }

        CountRelease();
        _ = NativeMethods.TensorRelease(native);
    }

    /// <summary>Takes this tensor out of every scope: from here on it lives until it is disposed.</summary>
    /// <returns>This tensor.</returns>
    public Tensor DetachFromScope()
    {
        owner ??= new TensorHandle(Handle);
        scope = null;
        return this;
    }

    /// <summary>
    /// A second reference to the same native tensor, owned by the current scope or the caller.
    /// </summary>
    public Tensor Share()
    {
        NativeStatus.Check(NativeMethods.TensorShare(Handle, out var other));
        GC.KeepAlive(this);
        return Own(other);
    }

    internal static Tensor Own(nint native) => new(native);

    internal static void CountRelease() => Interlocked.Decrement(ref liveCount);

    internal void MoveTo(TensorScope target)
    {
        if (owner is not null)
        {
            // A SafeHandle cannot hand its reference over, so the scope gets a second one.
            NativeStatus.Check(NativeMethods.TensorShare(Handle, out var second));
            owner.Dispose();
            owner = null;
            handle = second;
            Interlocked.Increment(ref liveCount);
        }

        scope = target;
    }

    private static ObjectDisposedException Disposed() => new(
        nameof(Tensor),
        "This tensor was freed, by Dispose or by the end of the TensorScope that it was made in. " +
        "Return it with scope.Keep(tensor) when it has to outlive the scope.");
}
