using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Nn.Tests;

/// <summary>
/// Base of the tests of layers: a seeded start for their weights, and short ways to make inputs.
/// </summary>
public abstract class NnTest : TensorTest
{
    // Sums of a few dozen float32 products of numbers near 1 round in the seventh digit.
    protected const double Rounding = 2e-6;

    internal static InitializationContext Init(
        WeightInitialization kind = WeightInitialization.Normal, ulong seed = 7) =>
        new(kind, new Generator(Device.Cpu, seed));

    /// <summary>A float32 tensor of numbers written as double.</summary>
    internal static Tensor Of(double[] values, params long[] shape) =>
        Tensor.FromArray<float>([.. values.Select(static v => (float)v)], shape);

    /// <summary>A float32 tensor without symmetry.</summary>
    internal static Tensor Ramp(params long[] shape) =>
        Of(ModuleState.Ramp((int)shape.Aggregate(1L, static (a, b) => a * b)), shape);
}
