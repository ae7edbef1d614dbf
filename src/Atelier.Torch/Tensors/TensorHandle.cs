using System.Runtime.InteropServices;
using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>
/// Owns the native reference of a tensor that lives in no scope, so that a forgotten one is still freed.
/// </summary>
internal sealed class TensorHandle : SafeHandle
{
    private static long finalized;

    public TensorHandle(nint native)
        : base(0, ownsHandle: true) => SetHandle(native);

    /// <summary>How many tensors were freed by the finalizer because nobody disposed them.</summary>
    public static long FinalizedCount => Interlocked.Read(ref finalized);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Tensor.CountRelease();
        return NativeMethods.TensorRelease(handle) == 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing && !IsInvalid) Interlocked.Increment(ref finalized);
        base.Dispose(disposing);
    }
}
