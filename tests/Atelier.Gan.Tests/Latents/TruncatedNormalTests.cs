using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests.Latents;

public sealed class TruncatedNormalTests : TensorTest
{
    private readonly Generator random = new(Device.Cpu, 11);

    [Theory]
    [InlineData(2.0)]
    [InlineData(0.5)]
    [InlineData(0.04)]
    public void Draw_WithAThreshold_HasTheTruncatedNormalsRangeAndDeviation(double limit)
    {
        var latent = TruncatedNormal.Draw(400, 50, limit, random);

        // Var = 1 - 2 t φ(t) / (2 Φ(t) - 1); 20,000 draws fix the deviation to about 0.5 %.
        var density = Math.Exp(-limit * limit / 2) / Math.Sqrt(2 * Math.PI);
        var inside = Tensor.Full([1], limit / Math.Sqrt(2), DType.Float64).Erf().Item();
        var deviation = Math.Sqrt(1 - 2 * limit * density / inside);
        Assert.True(latent.Abs().Max().Item() <= limit);
        Assert.Equal(deviation, latent.Std().Item(), 0.03 * deviation);
        Assert.Equal(0, latent.Mean().Item(), 0.03 * limit);
    }

    [Fact]
    public void Draw_WithoutAThreshold_IsTheStandardNormal()
    {
        var latent = TruncatedNormal.Draw(400, 50, null, random);

        Assert.Equal(1, latent.Std().Item(), 0.02);
        Assert.True(latent.Abs().Max().Item() > 3);
    }

    [Fact]
    public void Draw_IsNotAScaledNormal()
    {
        // P(|z| > 1 given |z| <= 2) = (0.9545 - 0.6827) / 0.9545; a normal scaled by a half has 4.6 % there.
        var share = TruncatedNormal.Draw(400, 50, 2, random).Abs().Gt(1).To(DType.Float64).Mean().Item();

        Assert.Equal(0.2848, share, 0.015);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Draw_WithAnImpossibleThreshold_IsRefused(double limit) =>
        Assert.Equal(
            FailureKind.Usage,
            Assert.Throws<AtelierException>(() => TruncatedNormal.Draw(1, 1, limit, random)).Kind);
}
