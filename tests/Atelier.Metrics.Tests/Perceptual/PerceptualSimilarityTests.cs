using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class PerceptualSimilarityTests : TensorTest
{
    [Fact]
    public void Distance_OfTwoLayers_EqualsTheReference()
    {
        // The authors' formula (version 0.1) in PyTorch 1.13 on the same numbers.
        var distances = PerceptualSimilarity.Distance(Maps(0), Maps(0.4), [Weights(3), Weights(6)]);

        AssertClose([0.10282529145479202, 0.09448634088039398], distances, 1e-6);
    }

    [Fact]
    public void Distance_OfEqualMaps_IsZero() =>
        AssertClose([0, 0], PerceptualSimilarity.Distance(Maps(0), Maps(0), [Weights(3), Weights(6)]), 0);

    [Fact]
    public void Distance_WithWeightsOfAnotherNetwork_IsRefused()
    {
        var error = Assert.Throws<AtelierException>(
            () => PerceptualSimilarity.Distance(Maps(0), Maps(0), [Weights(3), Weights(5)]));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("Layer 1", error.Message, StringComparison.Ordinal);
    }

    private static Tensor[] Maps(double phase) => [Map([2, 3, 4, 5], phase), Map([2, 6, 2, 3], 1 + phase)];

    private static Tensor Map(long[] shape, double phase)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)(Math.Sin((0.7 * i) + phase) + (0.3 * Math.Cos((1.9 * i * i) + phase)));
        return Tensor.FromArray<float>(values, shape);
    }

    private static Tensor Weights(int count) =>
        Tensor.FromArray<float>([.. Enumerable.Range(1, count).Select(k => 0.1f * k)], count);
}
