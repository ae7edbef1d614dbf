using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class MultiScaleSsimTests : TensorTest
{
    [Theory]
    [InlineData("x", "y", 0.8381910565464684)]
    [InlineData("msssim_a_192", "msssim_b_192", 0.9354645249202304)]
    public void Mean_OfStoredPairs_EqualsTheReference(string first, string second, double expected)
    {
        var similarity = MultiScaleSsim.Mean(
            Golden.Tensor("images.safetensors", first), Golden.Tensor("images.safetensors", second));

        Numbers.AssertRelative(expected, similarity, 1e-5);
    }

    [Fact]
    public void Mean_OfAnImageWithItself_IsOne()
    {
        var images = Golden.Tensor("images.safetensors", "x");

        Assert.Equal(1, MultiScaleSsim.Mean(images, images), 1e-12);
    }

    [Fact]
    public void Mean_OfSmallImages_IsRefused()
    {
        var images = Aten.Zeros([2, 1, 15, 32], DType.UInt8);

        var error = Assert.Throws<AtelierException>(() => MultiScaleSsim.Mean(images, images));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("15 x 32 px", error.Message, StringComparison.Ordinal);
    }
}
