using System.Runtime.InteropServices;
using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>
/// Work of a GPU that is recorded once and launched again as a whole, on the same memory. What is recorded
/// may not wait for the GPU or read from it, and does the same every time.
/// </summary>
/// <remarks>
/// Tensors made while recording live in memory of the graph's own, which every replay writes anew. Work to be
/// recorded should have run a few times under <see cref="WarmUp"/>: libraries set themselves up at the first
/// calls, and that cannot be recorded.
/// </remarks>
public sealed class CudaGraph : SafeHandle
{
    /// <summary>An empty recording on the current GPU.</summary>
    /// <exception cref="TorchException">The native library was built without CUDA.</exception>
    public CudaGraph()
        : base(0, ownsHandle: true)
    {
        TorchRuntime.EnsureLoaded();
        NativeStatus.Check(NativeMethods.CudaGraphNew(out var native));
        SetHandle(native);
    }

    /// <summary>True after Dispose.</summary>
    public override bool IsInvalid => handle == 0;

    private nint Handle => IsClosed ? throw new ObjectDisposedException(nameof(CudaGraph)) : handle;

    /// <summary>Does work where it would be recorded, and waits for it.</summary>
    public void WarmUp(Action work) => Inside(work, records: false);

    /// <summary>Records work without doing it.</summary>
    /// <exception cref="TorchException">Something in it cannot be recorded.</exception>
    public void Record(Action work) => Inside(work, records: true);

    /// <summary>Launches what was recorded.</summary>
    /// <exception cref="TorchException">Nothing was, or the GPU failed.</exception>
    public void Replay() => NativeStatus.Check(NativeMethods.CudaGraphReplay(Handle));

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => NativeMethods.CudaGraphRelease(handle) == 0;

    private void Inside(Action work, bool records)
    {
        NativeStatus.Check(NativeMethods.CudaGraphEnter(Handle, records ? 1 : 0));
        try
        {
            work();
        }
        catch
        {
            // A recording that was broken off fails to end as well; the first failure is the one to tell.
            _ = NativeMethods.CudaGraphLeave(Handle);
            throw;
        }

        NativeStatus.Check(NativeMethods.CudaGraphLeave(Handle));
    }
}
