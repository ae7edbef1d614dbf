using Atelier.Torch;

namespace Atelier.Nn.Tests;

/// <summary>Sets and reads the state of a module by name, row-major.</summary>
internal static class ModuleState
{
    public static void Set(this Module module, string name, params double[] values)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var target = module.Find(name);
        target.CopyInPlace(Tensor.FromArray<double>(values, target.Shape));
    }

    public static Tensor Find(this Module module, string name) =>
        module.State().Single(s => s.Name == name).Tensor;

    public static double[] Values(this Tensor tensor)
    {
        using var scope = new TensorScope();
        return tensor.Detach().To(DType.Float64).ToArray<double>();
    }

    /// <summary>1/10, 2/10, ... with every third one negative: no symmetry hides a swapped axis.</summary>
    public static double[] Ramp(int count) =>
        [.. Enumerable.Range(1, count).Select(static k => k % 3 == 0 ? -k / 10.0 : k / 10.0)];
}
