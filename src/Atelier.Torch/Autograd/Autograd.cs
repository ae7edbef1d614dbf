using System.Runtime.CompilerServices;
using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>Reverse-mode differentiation.</summary>
public static unsafe class Autograd
{
    /// <summary>Whether operators of this thread are recorded for backward.</summary>
    public static bool IsRecording
    {
        get
        {
            TorchRuntime.EnsureLoaded();
            return Recording() != 0;
        }
    }

    // A method of its own: calls without a GC transition are bound when the method around them is compiled,
    // and in a caller that loads the library itself that is too early.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Recording()
    {
        NativeStatus.Check(NativeMethods.GradModeGet(out var enabled));
        return enabled;
    }

    /// <summary>Adds d(output)/d(leaf) into the gradient of every leaf that the output depends on.</summary>
    /// <param name="output">One element, unless <paramref name="outputGrad"/> is given.</param>
    /// <param name="outputGrad">The gradient to start from, of the output's shape; 1 when absent.</param>
    /// <param name="retainGraph">Keep the graph for another pass.</param>
    /// <param name="createGraph">Record the backward pass too, for gradients of gradients.</param>
    public static void Backward(
        Tensor output, Tensor? outputGrad = null, bool retainGraph = false, bool createGraph = false)
    {
        var outputs = stackalloc nint[] { output.Handle };
        var grads = stackalloc nint[] { outputGrad?.Handle ?? 0 };
        NativeStatus.Check(NativeMethods.Backward(
            outputs, 1, outputGrad is null ? null : grads, retainGraph || createGraph ? 1 : 0,
            createGraph ? 1 : 0));
        GC.KeepAlive(output);
        GC.KeepAlive(outputGrad);
    }

    /// <summary>
    /// The gradients of the sum of the outputs with respect to the inputs; leaves keep their own gradients.
    /// </summary>
    /// <param name="outputs">One element each, unless <paramref name="outputGrads"/> is given.</param>
    /// <param name="inputs">What to differentiate by.</param>
    /// <param name="outputGrads">One gradient an output, or null for ones.</param>
    /// <param name="retainGraph">Keep the graph for another pass.</param>
    /// <param name="createGraph">Record the backward pass too: the results can be differentiated
    /// again.</param>
    /// <param name="allowUnused">Give null for an input that the outputs do not depend on, instead of
    /// failing.</param>
    /// <returns>One gradient an input, in order.</returns>
    /// <exception cref="TorchException">The graph is freed, or an input is unused.</exception>
    public static Tensor?[] Grad(
        ReadOnlySpan<Tensor> outputs,
        ReadOnlySpan<Tensor> inputs,
        Tensor[]? outputGrads = null,
        bool retainGraph = false,
        bool createGraph = false,
        bool allowUnused = false)
    {
        var outputHandles = stackalloc nint[outputs.Length];
        var inputHandles = stackalloc nint[inputs.Length];
        var gradHandles = stackalloc nint[outputs.Length];
        var found = stackalloc nint[inputs.Length];
        NativeValue.CopyHandles(outputs!, outputHandles);
        NativeValue.CopyHandles(inputs!, inputHandles);
        if (outputGrads is not null) NativeValue.CopyHandles(outputGrads, gradHandles);
        NativeStatus.Check(NativeMethods.Grad(
            outputHandles, outputs.Length, inputHandles, inputs.Length,
            outputGrads is null ? null : gradHandles,
            retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0, allowUnused ? 1 : 0, found));
        var grads = new Tensor?[inputs.Length];
        for (var k = 0; k < grads.Length; k++) grads[k] = found[k] == 0 ? null : Tensor.Own(found[k]);
        GC.KeepAlive(outputGrads);
        return grads;
    }
}
