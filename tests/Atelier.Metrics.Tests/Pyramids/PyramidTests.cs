using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class PyramidTests : TensorTest
{
    [Fact]
    public void Build_OfStoredImages_EqualsTheReference()
    {
        var images = Golden.Tensor("images.safetensors", "x").Narrow(0, 0, 2).To(DType.Float32);

        var levels = LaplacianPyramid.Build(images, LaplacianPyramid.LevelsOf(64));

        Assert.Equal(3, levels.Count);
        for (var k = 0; k < levels.Count; k++)
        {
            var expected = Golden.Tensor("images.safetensors", $"pyramid_x_{k}");
            // On the scale 0 to 255: float32 keeps about 1e-5 of it.
            Assert.InRange((levels[k] - expected).Abs().Max().Item(), 0, 1e-4);
        }
    }

    [Fact]
    public void Normalise_OfStoredPatches_EqualsTheReference()
    {
        var patches = Golden.Tensor("images.safetensors", "desc_x_1");

        var flat = PatchDescriptors.Normalise(patches);

        Assert.InRange((flat - Golden.Tensor("images.safetensors", "final_x_1")).Abs().Max().Item(), 0, 1e-5);
    }

    [Theory]
    [InlineData(0, 0.12472253292798996)]
    [InlineData(1, 0.10457911342382431)]
    [InlineData(2, 0.12201888114213943)]
    public void AlongDirections_OfStoredPatches_EqualsTheReference(int level, double expected)
    {
        var first = PatchDescriptors.Normalise(Golden.Tensor("images.safetensors", $"desc_x_{level}"));
        var second = PatchDescriptors.Normalise(Golden.Tensor("images.safetensors", $"desc_y_{level}"));

        var distance = SlicedWasserstein.AlongDirections(
            first, second, Golden.Tensor("images.safetensors", "dirs"));

        Numbers.AssertRelative(expected, distance, 1e-5);
    }

    [Fact]
    public void Cut_OfARamp_GivesWholePatchesOfTheRightImage()
    {
        // The value of a pixel says where it is.
        var ramp = Aten.Arange(0, 2 * 3 * 20 * 20, 1, DType.Float32).Reshape([2, 3, 20, 20]);
        using var random = new Generator(Device.Cpu, 5);

        var patches = PatchDescriptors.Cut(ramp, 4, random);

        Assert.Equal([8, 3, 7, 7], patches.Shape);
        var corners = patches.Select(2, 0).Select(2, 0);            // [8, 3]
        var relative = patches - corners.Unsqueeze(2).Unsqueeze(3);
        var expected = Aten.Arange(0, 7, 1, DType.Float32).Reshape([7, 1]) * 20.0
            + Aten.Arange(0, 7, 1, DType.Float32);
        Assert.Equal(0, (relative - expected).Abs().Max().Item());
        Assert.InRange(corners.Narrow(0, 0, 4).Max().Item(), 0, 1199);
        Assert.InRange(corners.Narrow(0, 4, 4).Min().Item(), 1200, 2399);
        Assert.True(corners.Select(1, 0).ToArray<float>().Distinct().Count() > 4);
    }

    [Fact]
    public void Compute_OfShiftedClouds_IsTheMeanOfTheProjectedShift()
    {
        // Along any direction a cloud and its copy moved by v are |v·d| apart; the mean of |v·d| over
        // directions in the plane is 2 |v| / pi.
        using var random = new Generator(Device.Cpu, 6);
        var cloud = Aten.Randn([50, 2], random, DType.Float32);
        var moved = cloud + Tensor.FromArray<float>([3, 4], 2);

        var distance = SlicedWasserstein.Compute(cloud, moved, random);

        // 512 directions; |v·d| has deviation 0.31 |v|: four standard errors.
        Assert.Equal(2 * 5 / Math.PI, distance, 4 * 0.31 * 5 / Math.Sqrt(512));
    }

    [Fact]
    public void Sort_OfFloats_IsTheOrderOfTheirValues()
    {
        var random = new Random(4);
        float[] values = [0, -0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 1, -1,
            .. Enumerable.Range(0, 5000).Select(
                _ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20))))];
        var expected = values.Order().ToArray();

        FloatSort.Sort(values, new uint[values.Length]);

        Assert.Equal(expected, values);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(48)]
    public void LevelsOf_OtherSides_AreRefused(int side) =>
        Assert.Equal(
            FailureKind.Usage,
            Assert.Throws<AtelierException>(() => LaplacianPyramid.LevelsOf(side)).Kind);

    [Fact]
    public void Normalise_OfConstantPatches_IsRefused() =>
        Assert.Equal(
            FailureKind.Dataset,
            Assert.Throws<AtelierException>(
                () => PatchDescriptors.Normalise(Aten.Ones([4, 1, 7, 7], DType.Float32))).Kind);
}
