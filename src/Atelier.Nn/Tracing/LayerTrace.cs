using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// While one is open, every layer that this thread runs is written down, so that a description of a network
/// cannot differ from it. Shapes are what libtorch gives; numbers mean nothing, because convolutions look at
/// one input channel only and spectral norm does nothing, which makes the largest network quick to trace.
/// Only one is open at a time.
/// </summary>
public sealed class LayerTrace : IDisposable
{
    [ThreadStatic]
    private static LayerTrace? open;

    private readonly List<LayerCall> calls = [];

    /// <summary>Opens the trace of this thread.</summary>
    /// <exception cref="AtelierException">One is open already.</exception>
    public LayerTrace()
    {
        if (open is not null)
            throw new AtelierException(FailureKind.Bug, "A trace of layers is open already on this thread.");
        open = this;
    }

    /// <summary>The calls so far; a layer comes after the layers inside it.</summary>
    public IReadOnlyList<LayerCall> Calls => calls;

    /// <summary>Whether one is open on this thread.</summary>
    internal static bool IsOpen => open is not null;

    /// <inheritdoc/>
    public void Dispose() => open = null;

    /// <summary>Writes a call down when a trace is open, and hands its output on.</summary>
    internal static Tensor Record(Module layer, Tensor output, double flops = 0)
    {
        open?.calls.Add(new LayerCall(layer, [.. output.Shape], flops));
        return output;
    }
}
