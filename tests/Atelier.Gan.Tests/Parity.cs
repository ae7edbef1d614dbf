using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

/// <summary>
/// How networks are compared with the reference's numbers; Golden/README.md has the reasons.
/// </summary>
internal static class Parity
{
    private const double ForwardTolerance = 1e-4;
    private const double DeviationTolerance = 5e-5;
    private const double GradientTolerance = 1e-3;
    private const double BufferTolerance = 1e-5;
    private const double LossTolerance = 1e-5;

    public static void AssertLoss(Tensor expected, Tensor actual)
    {
        var value = expected.Item();
        Assert.Equal(value, actual.Item(), LossTolerance * Math.Max(1, Math.Abs(value)));
    }

    /// <summary>
    /// Outputs agree within 1e-4 or what is said instead, and within 5e-5 of their own deviation where it is
    /// above 1.
    /// </summary>
    public static void AssertForward(Tensor expected, Tensor actual, double least = ForwardTolerance)
    {
        var deviation = expected.To(DType.Float64).Std().Item();
        var tolerance = Math.Max(least, DeviationTolerance * deviation);
        Assert.InRange(Difference(expected, actual), 0, tolerance);
    }

    public static void AssertGradients(
        Dictionary<string, Tensor> golden, string prefix, Func<string, string> rename, Tensor loss,
        Module network)
    {
        var parameters = network.NamedParameters();
        var grads = Autograd.Grad([loss], network.Parameters(), retainGraph: true);
        var expected = golden.Under(prefix, rename);
        Assert.Equal(expected.Count, parameters.Count);
        // A convolution's bias in front of a BatchNorm has gradient zero but for rounding, which differs
        // freely: such tensors are measured against the largest gradient of the network.
        var floor = 1e-3 * expected.Values.Max(e => e.Abs().Max().Item());
        for (var k = 0; k < grads.Length; k++)
            AssertRelative(
                parameters[k].Name, expected[parameters[k].Name].Reshape(grads[k]!.Shape), grads[k]!, floor);
    }

    public static void AssertRelative(string name, Tensor expected, Tensor actual, double floor = 1e-6)
    {
        var scale = Math.Max(expected.Abs().Max().Item(), floor);
        var difference = Difference(expected, actual) / scale;
        Assert.True(difference <= GradientTolerance, $"{name}: {difference:E2} of its largest element");
    }

    public static void AssertBuffers(
        Dictionary<string, Tensor> golden, string prefix, Func<string, string> rename, Module network)
    {
        var expected = golden.Under(prefix, rename);
        Assert.NotEmpty(expected);
        foreach (var (name, tensor) in network.NamedBuffers().Where(b => expected.ContainsKey(b.Name)))
        {
            var scale = Math.Max(1, expected[name].Abs().Max().Item());
            var difference = Difference(expected[name].Reshape(tensor.Shape), tensor) / scale;
            Assert.True(difference <= BufferTolerance, $"{name}: {difference:E2}");
        }
    }

    private static double Difference(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        return (expected.Detach().To(DType.Float64) - actual.Detach().To(DType.Float64)).Abs().Max().Item();
    }
}
