using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class BatchStatisticsTests : NnTest
{
    private const double Epsilon = 1e-3;

    // [2, 2, 1, 2]: channel 0 holds 1, 2, 5, 8; channel 1 holds -1, 0, 3, 10.
    private static readonly double[] Pixels = [1, 2, -1, 0, 5, 8, 3, 10];
    private static readonly double[] Means = [4, 3];
    private static readonly double[] Variances = [7.5, 18.5];

    [Fact]
    public void Normalize_InTraining_UsesTheBiasedVarianceOfTheBatch()
    {
        using var layer = new BatchStatistics(2, Epsilon);

        AssertClose(Normalized(Means, Variances), layer.Normalize(Batch()), Rounding);
    }

    [Fact]
    public void Running_AfterOneTrainingPass_MovesByATenthTowardsMeanAndUnbiasedVariance()
    {
        using var layer = new BatchStatistics(2, Epsilon);
        layer.Set("running_mean", 1, 2);
        layer.Set("running_var", 3, 4);

        layer.Normalize(Batch());

        // The variance over n - 1 = 3 of 4 elements.
        AssertClose([0.9 + 0.4, 1.8 + 0.3], layer.Find("running_mean"), Rounding);
        AssertClose([2.7 + 1.0, 3.6 + 18.5 * 4 / 30], layer.Find("running_var"), Rounding);
    }

    [Fact]
    public void Normalize_InEvaluation_UsesTheRunningStatisticsAndLeavesThem()
    {
        using var layer = new BatchStatistics(2, Epsilon);
        layer.Set("running_mean", 1, -2);
        layer.Set("running_var", 4, 0.25);
        layer.Train(false);

        var result = layer.Normalize(Batch());

        AssertClose(Normalized([1, -2], [4, 0.25]), result, 10 * Rounding);
        Assert.Equal([1, -2], layer.Find("running_mean").Values());
        Assert.Equal([4, 0.25], layer.Find("running_var").Values());
    }

    [Fact]
    public void Running_OfANewLayer_IsMeanZeroAndVarianceOne()
    {
        using var layer = new BatchStatistics(2, Epsilon);

        Assert.Equal([0, 0], layer.Find("running_mean").Values());
        Assert.Equal([1, 1], layer.Find("running_var").Values());
        Assert.Empty(layer.NamedParameters());
    }

    [Fact]
    public void StandingStatistics_OfSeveralPasses_AreMeanAndVarianceOfAllTheirElements()
    {
        using var layer = new BatchStatistics(2, Epsilon);
        double[][] passes = [Pixels, [0, 3, 7, -5, 2, 2, 4, 1], [100, 101, 0.5, 0, 99, 98, 0, 0]];

        layer.BeginStandingStatistics();
        foreach (var pass in passes) layer.Normalize(Of(pass, 2, 2, 1, 2));
        layer.EndStandingStatistics();

        var channels = Enumerable.Range(0, 2)
            .Select(c => passes.SelectMany(p => p.Where((_, k) => k / 2 % 2 == c)).ToArray()).ToArray();
        var means = channels.Select(static c => c.Average()).ToArray();
        var variances = channels.Select((c, k) => c.Average(x => (x - means[k]) * (x - means[k]))).ToArray();
        // The variance of channel 0 is near 2200, so float32 leaves 2e-4 of it.
        AssertClose(means, layer.Find("running_mean"), 1e-5);
        AssertClose(variances, layer.Find("running_var"), 3e-4);
    }

    [Fact]
    public void StandingStatistics_WhileTheyAreGathered_NormaliseByTheBatchAndLeaveTheRunningOnes()
    {
        using var layer = new BatchStatistics(2, Epsilon);
        layer.BeginStandingStatistics();

        var result = layer.Normalize(Batch());

        AssertClose(Normalized(Means, Variances), result, Rounding);
        Assert.Equal([0, 0], layer.Find("running_mean").Values());
    }

    [Fact]
    public void StandingStatistics_BegunAgain_ForgetWhatWasGathered()
    {
        using var layer = new BatchStatistics(2, Epsilon);
        layer.BeginStandingStatistics();
        layer.Normalize(Tensor.Full([2, 2, 1, 2], 50));

        layer.BeginStandingStatistics();
        layer.Normalize(Batch());
        layer.EndStandingStatistics();

        AssertClose(Means, layer.Find("running_mean"), Rounding);
        AssertClose(Variances, layer.Find("running_var"), Rounding);
    }

    [Fact]
    public void StandingStatistics_EndedWithoutAPass_LeaveTheRunningOnesFollowingTrainingAgain()
    {
        using var layer = new BatchStatistics(2, Epsilon);
        layer.BeginStandingStatistics();
        layer.EndStandingStatistics();

        layer.Normalize(Batch());

        AssertClose([0.4, 0.3], layer.Find("running_mean"), Rounding);
    }

    private static Tensor Batch() => Of(Pixels, 2, 2, 1, 2);

    private static double[] Normalized(double[] means, double[] variances) =>
    [
        .. Pixels.Select((p, k) => (p - means[k / 2 % 2]) / Math.Sqrt(variances[k / 2 % 2] + Epsilon)),
    ];
}
