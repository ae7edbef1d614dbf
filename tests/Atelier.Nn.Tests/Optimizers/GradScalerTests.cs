using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class GradScalerTests : NnTest
{
    [Fact]
    public void Unscale_OfTheGradientsOfAScaledLoss_GivesThoseOfTheLoss()
    {
        using var model = new Weights(3, -1);
        var scaler = new GradScaler { Scale = 1024 };

        Autograd.Backward(scaler.Scaled((model.First * Of([2, 5], 2)).Sum()));

        Assert.Equal([2048, 5120], model.First.Grad!.Values());
        Assert.True(scaler.Unscale(model));
        Assert.Equal([2, 5], model.First.Grad!.Values());
        Assert.Equal((1024, 1), (scaler.Scale, scaler.SoundSteps));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Unscale_WithAGradientThatIsNotFinite_RefusesTheStepAndHalvesTheScale(double bad)
    {
        using var model = new Weights(3, -1);
        model.Second.Grad = Of([1, 2], 2, 1);
        model.First.Grad = Of([1, bad], 2);
        var scaler = new GradScaler { SoundSteps = 1999 };

        Assert.False(scaler.Unscale(model));
        Assert.Equal((GradScaler.InitialScale / 2, 0), (scaler.Scale, scaler.SoundSteps));
    }

    [Fact]
    public void Scale_AfterTwoThousandSoundSteps_Doubles()
    {
        using var model = new Weights(3);
        model.First.Grad = Of([0], 1);
        var scaler = new GradScaler { Scale = 8, SoundSteps = 1998 };

        Assert.True(scaler.Unscale(model));
        Assert.Equal((8, 1999), (scaler.Scale, scaler.SoundSteps));
        Assert.True(scaler.Unscale(model));
        Assert.Equal((16, 0), (scaler.Scale, scaler.SoundSteps));
    }
}
