using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>
/// While open, matrix products and convolutions of this thread on one kind of device run in a lower
/// precision; libtorch decides per operator what to cast.
/// </summary>
public sealed class AutocastScope : IDisposable
{
    private readonly int device;
    private readonly int enabledBefore;
    private readonly int dtypeBefore;

    /// <summary>
    /// Switches autocast to a type (bfloat16 as a rule), or off when <paramref name="dtype"/> is null.
    /// </summary>
    public AutocastScope(DeviceType deviceType, DType? dtype)
    {
        TorchRuntime.EnsureLoaded();
        device = (int)deviceType;
        NativeStatus.Check(NativeMethods.AutocastGet(device, out enabledBefore, out dtypeBefore));
        NativeStatus.Check(
            NativeMethods.AutocastSet(device, dtype is null ? 0 : 1, (int)(dtype ?? (DType)dtypeBefore)));
    }

    /// <summary>Puts autocast back as it was, and drops the casts of weights that it kept.</summary>
    public void Dispose()
    {
        _ = NativeMethods.AutocastSet(device, enabledBefore, dtypeBefore);
        if (enabledBefore == 0) _ = NativeMethods.AutocastClearCache();
    }
}
