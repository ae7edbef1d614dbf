using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class AdamTests : NnTest
{
    private static readonly double[] Start = [1, -2, 0.5];
    private static readonly double[][] Gradients = [[0.1, -3, 0], [-0.2, 1, 1e-4], [0.4, 2, -5]];

    [Theory]
    [InlineData(0.0, 0.999, 1e-8)]
    [InlineData(0.5, 0.9, 1e-3)]
    [InlineData(0.9, 0.99, 1e-6)]
    public void Step_ThreeTimes_EqualsAlgorithmOneInDoublePrecision(
        double beta1, double beta2, double epsilon)
    {
        using var model = new Weights(Start);
        using var adam = new Adam(model.NamedParameters(), new AdamOptions(0.01, beta1, beta2, epsilon));

        foreach (var gradient in Gradients) Step(adam, model, gradient);

        double[] weights = [.. Start], m = new double[3], v = new double[3];
        for (var t = 1; t <= 3; t++)
            for (var k = 0; k < 3; k++)
            {
                var g = Gradients[t - 1][k];
                m[k] = beta1 * m[k] + (1 - beta1) * g;
                v[k] = beta2 * v[k] + (1 - beta2) * g * g;
                var (mean, square) = (m[k] / (1 - Math.Pow(beta1, t)), v[k] / (1 - Math.Pow(beta2, t)));
                weights[k] -= 0.01 * mean / (Math.Sqrt(square) + epsilon);
            }

        // Three float32 updates of numbers up to 2.
        AssertClose(weights, model.First, 5e-7);
        Assert.Equal(3, adam.StepCount);
    }

    [Fact]
    public void Step_ForTheFirstTime_MovesByTheLearningRateAgainstTheSign()
    {
        using var model = new Weights(Start);
        using var adam = new Adam(model.NamedParameters(), new AdamOptions(0.125));

        Step(adam, model, [7, -0.03, 400]);

        AssertClose([0.875, -1.875, 0.375], model.First, Rounding);
    }

    [Fact]
    public void Step_OfManyElementsInAnyLayout_EqualsTheMultiTensorOperators()
    {
        // Longer than two blocks of the fused loop and a rest, and a kernel whose gradient lies as NHWC.
        var kernel = Ramp(3, 4, 3, 3);
        using var model = new Tensors(Ramp(20_003), kernel.Clone(), Ramp(2));
        using var adam = new Adam(model.NamedParameters(), new AdamOptions(0.01, 0.5, 0.99, 1e-6));
        Tensor[] gradients =
            [Ramp(20_003) * 0.3, (Ramp(3, 4, 3, 3) * -2).Contiguous(MemoryFormat.ChannelsLast), Ramp(2)];
        Tensor[] expected = [Ramp(20_003), kernel.Clone(), Ramp(2)];
        Tensor[] m = [.. expected.Select(static e => e.ZerosLike())];
        Tensor[] v = [.. expected.Select(static e => e.ZerosLike())];

        for (var t = 1; t <= 2; t++)
        {
            foreach (var (parameter, gradient) in model.Parameters().Zip(gradients))
                parameter.Grad = gradient;
            adam.Step();
            Aten.ForeachMulInPlace(m, 0.5);
            Aten.ForeachAddInPlace(m, gradients, 0.5);
            Aten.ForeachMulInPlace(v, 0.99);
            Aten.ForeachAddcmulInPlace(v, gradients, gradients, 1 - 0.99);
            var root = Aten.ForeachSqrt(v);
            Aten.ForeachMulInPlace(root, 1 / Math.Sqrt(1 - Math.Pow(0.99, t)));
            Aten.ForeachAddInPlace(root, 1e-6);
            Aten.ForeachAddcdivInPlace(expected, m, root, -0.01 / (1 - Math.Pow(0.5, t)));
        }

        // Values of up to 2,000, of which float32 keeps seven digits.
        foreach (var (one, other) in expected.Zip(model.Parameters()))
            Assert.True(((one - other).Abs() / one.Abs().ClampMin(1)).Max().Item() <= 1e-6);
    }

    [Fact]
    public void Step_OfDoublePrecision_TakesTheDefinitionAndIsExact()
    {
        using var model = new Tensors(Ramp(5).To(DType.Float64));
        using var adam = new Adam(model.NamedParameters(), new AdamOptions(0.125, 0, 0.75, 0.5));
        model.Parameters()[0].Grad = Tensor.Full([5], 3, DType.Float64);
        var before = model.Parameters()[0].Values();

        adam.Step();

        // The first step moves by lr * g / (|g| + eps), whatever the decays.
        AssertClose([.. before.Select(static w => w - (0.125 * 3 / 3.5))], model.Parameters()[0], 1e-12);
    }

    [Fact]
    public void Step_ForAParameterWithoutGradient_LeavesItAndItsMoments()
    {
        using var model = new Weights(Start);
        using var adam = new Adam(model.NamedParameters(), new AdamOptions(0.1));

        Step(adam, model, [1, 1, 1]);

        Assert.Equal([1, -2], model.Second.Values());
        Assert.Equal([0, 0], adam.State().Single(static s => s.Name == "square.second").Tensor.Values());
    }

    [Fact]
    public void Step_WithoutAnyGradient_DoesNotCount()
    {
        using var model = new Weights(Start);
        using var adam = new Adam(model.NamedParameters(), new AdamOptions(0.1));

        adam.Step();

        Assert.Equal(0, adam.StepCount);
        Assert.Equal(Start, model.First.Values());
    }

    [Fact]
    public void LearningRate_SetBetweenSteps_ActsOnTheNext()
    {
        using var model = new Weights(Start);
        using var adam = new Adam(model.NamedParameters(), new AdamOptions(0.1)) { LearningRate = 0 };

        Step(adam, model, [1, 2, 3]);
        Assert.Equal(Start, model.First.Values());
        adam.LearningRate = 0.5;
        Step(adam, model, [1, 2, 3]);

        AssertClose([0.5, -2.5, 0], model.First, Rounding);
    }

    [Fact]
    public void State_OfTwoParameters_NamesMeansThenSquares()
    {
        using var model = new Weights(Start);
        using var adam = new Adam(model.NamedParameters(), new AdamOptions(0.1));

        Assert.Equal(
            ["mean.first", "mean.second", "square.first", "square.second"],
            adam.State().Select(static s => s.Name));
    }

    [Fact]
    public void LoadState_OfASavedState_ContinuesToTheSameBits()
    {
        var options = new AdamOptions(0.01, 0.5, 0.9);
        using var model = new Weights(Start);
        using var adam = new Adam(model.NamedParameters(), options);
        Step(adam, model, Gradients[0]);
        Step(adam, model, Gradients[1]);
        var moments = adam.State().ToDictionary(static s => s.Name, static s => s.Tensor.Clone());
        using var other = new Weights(Start);
        other.CopyStateFrom(model);
        using var restored = new Adam(other.NamedParameters(), options);

        restored.LoadState(moments);
        restored.StepCount = 2;
        Step(adam, model, Gradients[2]);
        Step(restored, other, Gradients[2]);

        Assert.NotEqual(Start, model.First.Values());
        Assert.Equal(model.First.ToArray<float>(), other.First.ToArray<float>());
    }

    [Fact]
    public void LoadState_OfOtherParameters_IsRefused()
    {
        using var model = new Weights(Start);
        using var adam = new Adam(model.NamedParameters(), new AdamOptions(0.1));

        var failure = Assert.Throws<AtelierException>(
            () => adam.LoadState(new Dictionary<string, Tensor> { ["mean.third"] = Ramp(1) }));

        Assert.Contains("1 unexpected: mean.third.", failure.Message, StringComparison.Ordinal);
    }

    private static void Step(Adam adam, Weights model, double[] gradient)
    {
        model.First.Grad = Of(gradient, 3);
        adam.Step();
    }

    /// <summary>Parameters as they are given.</summary>
    private sealed class Tensors : Module
    {
        public Tensors(params Tensor[] tensors)
        {
            for (var k = 0; k < tensors.Length; k++) Parameter($"p{k}", tensors[k]);
        }
    }
}
