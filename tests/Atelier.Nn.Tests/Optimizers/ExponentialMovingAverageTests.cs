using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class ExponentialMovingAverageTests : NnTest
{
    [Fact]
    public void Constructor_OfTwoModules_CopiesParametersAndBuffers()
    {
        using var source = new Weights(1, 2);
        using var average = new Weights(0, 0);
        source.Set("total", 8);

        using var ema = new ExponentialMovingAverage(source, average);

        Assert.Equal([1, 2], average.First.Values());
        Assert.Equal([8], average.Total.Values());
    }

    [Fact]
    public void Update_WithADecay_MovesParametersAndBuffersByTheRest()
    {
        using var source = new Weights(1, 2);
        using var average = new Weights(0, 0);
        using var ema = new ExponentialMovingAverage(source, average);
        source.Set("first", 5, -2);
        source.Set("total", 13);

        ema.Update(0.75);

        Assert.Equal([2, 1], average.First.Values());
        Assert.Equal([7], average.Total.Values());
        Assert.Equal([5, -2], source.First.Values());
    }

    [Fact]
    public void Update_WithDecayZero_Copies()
    {
        using var source = new Weights(1, 2);
        using var average = new Weights(0, 0);
        using var ema = new ExponentialMovingAverage(source, average);
        source.Set("first", 0.1, -0.7);

        ema.Update(0);

        Assert.Equal(source.First.ToArray<float>(), average.First.ToArray<float>());
    }

    [Fact]
    public void Update_OfParametersThatNeedGradients_RecordsNoGraph()
    {
        using var source = new Weights(1, 2);
        using var average = new Weights(0, 0);

        using var ema = new ExponentialMovingAverage(source, average);
        ema.Update(0.5);

        Assert.True(average.First.IsLeaf);
    }

    [Fact]
    public void Update_OfManyElements_MovesEachOnce()
    {
        // Longer than two blocks of the fused loop and a rest.
        using var source = new Weights(ModuleState.Ramp(20_003));
        using var average = new Weights(new double[20_003]);
        using var ema = new ExponentialMovingAverage(source, average);
        using (new NoGradScope()) average.First.FillInPlace(1);

        ema.Update(0.75);

        Assert.InRange(MaxDifference((source.First + 3) / 4, average.First), 0, 1e-4);
    }
}
