using Atelier.Gan;
using Atelier.Tests;
using Atelier.Training.Monitors;

namespace Atelier.Training.Tests.Monitors;

public sealed class CollapseSentinelTests : TensorTest
{
    [Fact]
    public void Observe_AnExplosion_ReportsAtItsSecondGraveLookWithTheOnset()
    {
        var sentinel = Watched(20);

        Assert.Null(sentinel.Observe(Looks.At(21, sigma: 7)));
        Assert.Null(sentinel.Observe(Looks.At(22, sigma: 15)));
        var report = sentinel.Observe(Looks.At(23, sigma: 40))!;

        Assert.Equal((23L * Looks.Every, 20L * Looks.Every), (report.Step, report.Onset));
        // Three looks before the last one without a sign.
        Assert.Equal(17L * Looks.Every, report.SoundStep);
        Assert.Contains("G's stem is 40, 13.3 times", report.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Observe_OneGraveLook_IsNoCollapse()
    {
        var sentinel = Watched(20);

        Assert.Null(sentinel.Observe(Looks.At(21, sigma: 100)));
        Assert.Null(sentinel.Observe(Looks.At(22)));
        Assert.Null(sentinel.Observe(Looks.At(23, sigma: 100)));
    }

    [Fact]
    public void Observe_SignsOfOneDetector_AreNoCollapse()
    {
        var sentinel = Watched(20);

        for (var k = 21; k < 60; k++) Assert.Null(sentinel.Observe(Looks.At(k, pixels: 0.3)));
    }

    [Fact]
    public void Observe_SignsOfTwoDetectors_AreACollapse()
    {
        var sentinel = Watched(20);

        Assert.Null(sentinel.Observe(Looks.At(21, sigma: 7, pixels: 0.3)));
        var report = sentinel.Observe(Looks.At(22, sigma: 8, pixels: 0.3))!;

        Assert.Contains("singular value", report.Evidence, StringComparison.Ordinal);
        Assert.Contains("images of one class", report.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Observe_ADiscriminatorDeadFromTheStart_IsSeenAfterTheFirstFourLooks()
    {
        var sentinel = CollapseSentinel.For(new HingeLoss());

        for (var k = 1; k <= 5; k++) Assert.Null(sentinel.Observe(Looks.At(k, features: double.NaN)));
        var report = sentinel.Observe(Looks.At(6, features: double.NaN))!;

        Assert.Contains("D is dead", report.Evidence, StringComparison.Ordinal);
        Assert.Equal(4L * Looks.Every, report.Onset);
    }

    [Fact]
    public void Observe_WildFirstLooks_AreNoCollapse()
    {
        var sentinel = CollapseSentinel.For(new HingeLoss());

        for (var k = 1; k <= 4; k++) Assert.Null(sentinel.Observe(Looks.At(k, loss: 30)));
        for (var k = 5; k <= 20; k++) Assert.Null(sentinel.Observe(Looks.At(k)));
    }

    [Fact]
    public void Observe_ALossThatStaysBeyondChance_IsSeenAfterTheFirstFourLooks()
    {
        var sentinel = CollapseSentinel.For(new HingeLoss());

        for (var k = 1; k <= 5; k++) Assert.Null(sentinel.Observe(Looks.At(k, loss: 6.5)));
        Assert.Contains(
            "D's loss is 6.5, 3.3 times that", sentinel.Observe(Looks.At(6, loss: 6.5))!.Evidence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Accept_AfterAReport_KeepsQuietUntilALookIsInOrder()
    {
        var sentinel = Watched(20);
        sentinel.Observe(Looks.At(21, sigma: 100));
        Assert.NotNull(sentinel.Observe(Looks.At(22, sigma: 100)));
        sentinel.Accept();

        Assert.Null(sentinel.Observe(Looks.At(23, sigma: 100)));
        Assert.Null(sentinel.Observe(Looks.At(24)));
        Assert.Null(sentinel.Observe(Looks.At(25, sigma: 500)));
        Assert.NotNull(sentinel.Observe(Looks.At(26, sigma: 500)));
    }

    [Fact]
    public void SoundStep_WhileSomethingIsSuspect_StaysBeforeTheOnset()
    {
        var sentinel = Watched(20);
        for (var k = 21; k < 25; k++) sentinel.Observe(Looks.At(k, pixels: 0.3));

        Assert.Equal(17L * Looks.Every, sentinel.SoundStep);
    }

    [Fact]
    public void State_GivenToAnother_LeadsToTheSameReport()
    {
        var first = Watched(13);
        first.Observe(Looks.At(14, sigma: 13, features: double.NaN));
        var second = CollapseSentinel.For(new HingeLoss());
        second.State = first.State;

        var expected = first.Observe(Looks.At(15, sigma: 14));

        Assert.NotNull(expected);
        Assert.Equal(expected, second.Observe(Looks.At(15, sigma: 14)));
    }

    private static CollapseSentinel Watched(int calmLooks)
    {
        var sentinel = CollapseSentinel.For(new HingeLoss());
        foreach (var look in Looks.Calm(calmLooks)) Assert.Null(sentinel.Observe(look));
        return sentinel;
    }
}
