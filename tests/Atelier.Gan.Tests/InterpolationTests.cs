using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

public sealed class InterpolationTests : TensorTest
{
    // One float32 rounding of numbers up to 5.
    private const double Rounding = 1e-6;

    [Fact]
    public void Between_Linear_GoesStraightRowByRow()
    {
        var from = Tensor.FromArray<float>([0, 4, 1, 1], 2, 2);
        var to = Tensor.FromArray<float>([4, 0, 3, 5], 2, 2);

        var between = Interpolation.Between(from, to, [0, 0.25, 1], InterpolationPath.Linear);

        AssertClose([0, 4, 1, 3, 4, 0, 1, 1, 1.5, 2, 3, 5], between, Rounding);
    }

    [Fact]
    public void Between_Sphere_FollowsTheArc()
    {
        // At right angles: a third of the way is 30 degrees, with weights sin 60 and sin 30.
        var from = Tensor.FromArray<float>([3, 0], 1, 2);
        var to = Tensor.FromArray<float>([0, 2], 1, 2);

        var between = Interpolation.Between(from, to, [1 / 3.0], InterpolationPath.Sphere);

        AssertClose([3 * Math.Sin(Math.PI / 3), 2 * Math.Sin(Math.PI / 6)], between, Rounding);
    }

    [Fact]
    public void Between_Sphere_KeepsTheLengthThatALineLoses()
    {
        var from = Tensor.FromArray<float>([1, 0, 0], 1, 3);
        var to = Tensor.FromArray<float>([-0.6f, 0.8f, 0], 1, 3);

        var arc = Interpolation.Between(from, to, [0.4], InterpolationPath.Sphere);
        var line = Interpolation.Between(from, to, [0.4], InterpolationPath.Linear);

        Assert.Equal(1, (arc * arc).Sum().Item(), Rounding);
        Assert.True((line * line).Sum().Item() < 0.5);
    }

    [Fact]
    public void Between_SphereOfParallelVectors_IsStraight()
    {
        var from = Tensor.FromArray<float>([1, 2], 1, 2);
        var to = Tensor.FromArray<float>([2, 4], 1, 2);

        AssertClose([1.5, 3], Interpolation.Between(from, to, [0.5], InterpolationPath.Sphere), Rounding);
    }
}
