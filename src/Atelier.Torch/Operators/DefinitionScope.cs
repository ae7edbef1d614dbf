using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>
/// While open, the fused operators run on this thread by their readable definitions, a chain of libtorch's
/// operators: slower, and what their kernels are held against.
/// </summary>
public sealed class DefinitionScope : IDisposable
{
    private readonly int enabledBefore;

    /// <summary>Switches the kernels off.</summary>
    public DefinitionScope()
    {
        TorchRuntime.EnsureLoaded();
        NativeStatus.Check(NativeMethods.DefinitionsGet(out enabledBefore));
        NativeStatus.Check(NativeMethods.DefinitionsSet(1));
    }

    /// <summary>Puts the choice back as it was.</summary>
    public void Dispose() => _ = NativeMethods.DefinitionsSet(enabledBefore);
}
