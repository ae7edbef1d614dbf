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
    public void Normalize_OfSeveralBatchesInOnePass_EqualsOnePassEachInOrder()
    {
        using var apart = new BatchStatistics(2, Epsilon);
        using var together = new BatchStatistics(2, Epsilon) { Batches = 3 };
        var images = Ramp(6, 2, 3, 2);
        var gain = Of([2, -0.5], 2);

        Tensor[] expected =
            [.. Enumerable.Range(0, 3).Select(k => apart.Normalize(images.Narrow(0, 2 * k, 2), gain))];
        var actual = together.Normalize(images, gain);

        Assert.Equal(Aten.Cat(expected).ToArray<float>(), actual.ToArray<float>());
        foreach (var (name, tensor) in apart.NamedBuffers())
            Assert.Equal(tensor.Values(), together.Find(name).Values());
        Assert.NotEqual([0, 0], together.Find("running_mean").Values());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NormalizeThenRelu_OfSeveralBatchesInOnePass_EqualsOnePassEachInOrder(bool isPooled)
    {
        // 16 channels are what the fused kernel takes.
        using var apart = new BatchStatistics(16, Epsilon);
        using var together = new BatchStatistics(16, Epsilon) { Batches = 3 };
        foreach (var layer in new[] { apart, together })
            if (isPooled) layer.BeginStandingStatistics();
        var images = Ramp(6, 16, 3, 2);
        var (gain, bias) = (Ramp(6, 16), Ramp(6, 16) * 0.5);

        Tensor[] expected =
        [
            .. Enumerable.Range(0, 3).Select(k => apart.NormalizeThenRelu(
                images.Narrow(0, 2 * k, 2), gain.Narrow(0, 2 * k, 2), bias.Narrow(0, 2 * k, 2))),
        ];
        var actual = together.NormalizeThenRelu(images, gain, bias);
        foreach (var layer in new[] { apart, together }) layer.EndStandingStatistics();

        // Gains of up to 10 on numbers near 1.
        Assert.InRange(MaxDifference(Aten.Cat(expected), actual), 0, 2e-5);
        foreach (var (name, tensor) in apart.NamedBuffers())
        {
            var scale = tensor.Abs().Max().Item();
            Assert.InRange(MaxDifference(tensor, together.Find(name)) / scale, 0, 1e-6);
        }
    }

    [Fact]
    public void Normalize_OfImagesThatDoNotDivideIntoTheBatches_SaysSo()
    {
        using var layer = new BatchStatistics(2, Epsilon) { Batches = 4 };

        var error = Assert.Throws<AtelierException>(() => layer.Normalize(Ramp(6, 2, 3, 2)));

        Assert.Contains("6 images does not divide into 4 batches", error.Message, StringComparison.Ordinal);
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
