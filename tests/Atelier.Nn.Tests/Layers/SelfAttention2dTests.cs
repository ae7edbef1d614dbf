using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class SelfAttention2dTests : NnTest
{
    private const int Channels = 8;

    [Fact]
    public void Forward_OfANewLayer_IsTheIdentityBecauseGammaStartsAtZero()
    {
        using var layer = new SelfAttention2d(Channels, null, Init());
        var input = Ramp(2, Channels, 2, 4);

        Assert.Equal(0, MaxDifference(input, layer.Forward(input)));
    }

    [Fact]
    public void Forward_WithOneKey_AddsItsValueToEveryPixel()
    {
        // Of a 2x2 image one key is left, so its weight is 1 whatever theta and phi are. g takes channel 0
        // into its first row, max-pooled to 4; o spreads that to channel 1 with factor 3; gamma is 0.5.
        using var layer = new SelfAttention2d(Channels, null, Init());
        layer.Set("g.weight", OneAt(4 * Channels, 0, 1));
        layer.Set("o.weight", OneAt(Channels * 4, 4, 3));
        layer.Set("gamma", 0.5);
        double[] pixels = [.. new double[] { 1, 4, -2, 3 }, .. ModuleState.Ramp(7 * 4)];

        var result = layer.Forward(Of(pixels, 1, Channels, 2, 2));

        AssertClose([.. pixels.Select((p, k) => k / 4 == 1 ? p + 6 : p)], result, Rounding);
    }

    [Fact]
    public void Forward_WithTwoKeys_WeighsThemBySoftmaxOfTheProducts()
    {
        // theta and phi take channel 0, g takes channel 1, o gives it back into channel 2.
        using var layer = new SelfAttention2d(Channels, null, Init());
        layer.Set("theta.weight", OneAt(Channels, 0, 1));
        layer.Set("phi.weight", OneAt(Channels, 0, 1));
        layer.Set("g.weight", OneAt(4 * Channels, 1, 1));
        layer.Set("o.weight", OneAt(Channels * 4, 2 * 4, 1));
        layer.Set("gamma", 2);
        double[] query = [0.5, -1, 0.25, 2, 0, 1, -0.5, 1.5];
        double[] value = [3, 1, -1, 0, 2, -2, 5, 4];
        double[] pixels = [.. query, .. value, .. new double[6 * 8]];

        var result = layer.Forward(Of(pixels, 1, Channels, 2, 4));

        // The left and the right 2x2 square: keys 1 and 2, values 3 and 5.
        var mixed = query.Select(
            static q => (3 * Math.Exp(q) + 5 * Math.Exp(2 * q)) / (Math.Exp(q) + Math.Exp(2 * q)));
        double[] expected = [.. query, .. value, .. mixed.Select(static m => 2 * m), .. new double[5 * 8]];
        AssertClose(expected, result, 10 * Rounding);
    }

    [Fact]
    public void Forward_OfOddSides_PoolsTheLastRowAndColumnAlone()
    {
        // 3x5: the keys are 2x3. All of phi is 0, so every pixel gets the mean of the six pooled values.
        using var layer = new SelfAttention2d(Channels, null, Init());
        layer.Set("phi.weight", new double[Channels]);
        layer.Set("g.weight", OneAt(4 * Channels, 0, 1));
        layer.Set("o.weight", OneAt(Channels * 4, 4, 1));
        layer.Set("gamma", 1);
        double[] value = [1, 2, 3, 4, 5, 0, 9, 3, 3, 7, 6, 0, 8, 2, 10];
        double[] pixels = [.. value, .. new double[7 * 15]];

        var result = layer.Forward(Of(pixels, 1, Channels, 3, 5));

        double[] expected = [.. pixels];
        Array.Fill(expected, (9 + 4 + 7 + 6 + 8 + 10) / 6.0, 15, 15);
        AssertClose(expected, result, Rounding);
    }

    [Fact]
    public void Constructor_WithFewerThanEightChannels_SaysHowManyItGot()
    {
        var failure = Assert.Throws<AtelierException>(() => new SelfAttention2d(7, null, Init()));

        Assert.Equal(
            "Self-attention needs at least 8 channels; this layer has 7. Widen it or move it.",
            failure.Message);
    }

    private static double[] OneAt(int length, int place, double value)
    {
        var values = new double[length];
        values[place] = value;
        return values;
    }
}
