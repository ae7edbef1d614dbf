using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class IntraClassDistanceTests : TensorTest
{
    [Theory]
    [InlineData("dense", 8.04820621043469)]
    [InlineData("offset", 126.72513949990241)]
    public void Compute_OfStoredFeatures_HasTheReferencesMean(string name, double expected)
    {
        var (real, fake) = Golden.Features(name);
        var (realClasses, fakeClasses) = Golden.Classes(name);

        var distances = IntraClassDistance.Compute(
            real, realClasses.ToArray<long>(), fake, fakeClasses.ToArray<long>());

        Numbers.AssertRelative(expected, distances.Values.Average(), 1e-9);
    }

    [Fact]
    public void Compute_OfAClassOnOneSideOnly_NamesIt()
    {
        var features = Tensor.FromArray<double>([1, 2, 3, 4], 4, 1);
        long[] real = [0, 0, 7, 7];
        long[] fake = [0, 0, 3, 3];

        var error = Assert.Throws<AtelierException>(
            () => IntraClassDistance.Compute(features, real, features, fake));

        Assert.Equal(FailureKind.Dataset, error.Kind);
        Assert.Contains("classes 3, 7 are on one side only", error.Message, StringComparison.Ordinal);
    }
}
