using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>Operator calls made in a loop of plain C++: the yardstick of calls from C#.</summary>
public static class NativeCalls
{
    /// <summary>Adds two tensors so many times; each sum is dropped at once.</summary>
    /// <param name="left">A tensor.</param>
    /// <param name="right">Another that it can be added to.</param>
    /// <param name="calls">How many times.</param>
    /// <param name="boxed">Through the dispatcher's stack of tagged values, as calls from C# go, instead of
    /// libtorch's C++ API.</param>
    public static void Add(Tensor left, Tensor right, long calls, bool boxed)
    {
        NativeStatus.Check(NativeMethods.BenchmarkAdd(left.Handle, right.Handle, calls, boxed ? 1 : 0));
        GC.KeepAlive(left);
        GC.KeepAlive(right);
    }
}
