using Atelier.Tests;

namespace Atelier.Torch.Tests;

/// <summary>Base of the tests that hold a native operator beside the steps it joins, in
/// float64.</summary>
public abstract class FusedTest : TensorTest
{
    /// <summary>The same numbers in float64, without their graph.</summary>
    internal static Tensor Exact(Tensor tensor) => tensor.Detach().To(DType.Float64);

    /// <summary>The tensors themselves, from now on leaves of a graph.</summary>
    internal static Tensor[] Leaves(params Tensor[] tensors)
    {
        foreach (var tensor in tensors) tensor.RequiresGrad = true;
        return tensors;
    }

    /// <summary>
    /// The gradient, by each of three operands, of the squared length of the gradient by all of them.
    /// </summary>
    internal static Tensor[] Twice(Tensor output, Tensor[] operands)
    {
        var first = Autograd.Grad([output.Square().Sum()], operands, createGraph: true);
        var length = first[0]!.Square().Sum() + first[1]!.Square().Sum() + first[2]!.Square().Sum();
        return [.. Autograd.Grad([length], operands).Select(static g => g!)];
    }

    /// <summary>Asserts that no element is wrong by more than a share of the largest one.</summary>
    internal static void AssertNear(Tensor expected, Tensor actual, double tolerance)
    {
        var size = expected.Detach().Abs().Max().Item();
        Assert.InRange(MaxDifference(expected, actual) / size, 0, tolerance);
    }
}
