using Atelier.Training.Monitors;

namespace Atelier.Training.Tests.Monitors;

public sealed class DiversityDetectorTests
{
    private readonly DiversityDetector detector = new();

    [Theory]
    [InlineData(0.41, null)]
    [InlineData(0.39, false)]
    [InlineData(0.11, false)]
    [InlineData(0.09, true)]
    public void Examine_PixelsAgainstAMedianOfFourFifths_SignsAtHalf(double pixels, bool? alarm) =>
        Assert.Equal(alarm, detector.Examine(Looks.Calm(8), Looks.At(9, pixels: pixels))?.IsAlarm);

    [Fact]
    public void Examine_FeaturesAlone_AreEnough()
    {
        var symptom = detector.Examine(Looks.Calm(8), Looks.At(9, pixels: 0.3, features: 0.01));

        Assert.True(symptom!.IsAlarm);
        Assert.Contains(
            "in D's features by 0.01 of what real ones do", symptom.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Examine_WhatWasNeverVaried_CannotCollapse()
    {
        var looks = Enumerable.Range(1, 8).Select(k => Looks.At(k, pixels: 0.15, features: 0.1)).ToList();

        Assert.Null(detector.Examine(looks, Looks.At(9, pixels: 0.001, features: 0.001)));
    }

    [Fact]
    public void Examine_ASlowDecline_IsNoCollapse()
    {
        var looks = Enumerable.Range(1, 60).Select(k => Looks.At(k, pixels: Math.Pow(0.95, k))).ToList();

        for (var k = 8; k < looks.Count; k++) Assert.Null(detector.Examine(looks[..k], looks[k]));
    }
}
