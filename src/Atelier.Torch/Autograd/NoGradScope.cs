using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>While open, operators of this thread are not recorded for backward.</summary>
public sealed class NoGradScope : IDisposable
{
    private readonly int before;

    /// <summary>Switches recording off and remembers how it was.</summary>
    public NoGradScope()
    {
        TorchRuntime.EnsureLoaded();
        NativeStatus.Check(NativeMethods.GradModeGet(out before));
        NativeStatus.Check(NativeMethods.GradModeSet(0));
    }

    /// <summary>Puts recording back as it was.</summary>
    public void Dispose() => _ = NativeMethods.GradModeSet(before);
}
