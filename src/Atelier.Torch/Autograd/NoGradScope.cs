using System.Runtime.CompilerServices;
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
        before = SwitchOff();
    }

    /// <summary>Puts recording back as it was.</summary>
    public void Dispose() => _ = NativeMethods.GradModeSet(before);

    // A method of its own for the reason of Autograd.Recording.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SwitchOff()
    {
        var before = Autograd.Recording();
        NativeStatus.Check(NativeMethods.GradModeSet(0));
        return before;
    }
}
