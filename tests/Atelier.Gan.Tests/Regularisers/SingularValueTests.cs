using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests.Regularisers;

public sealed class SingularValueTests : TensorTest
{
    private readonly Generator random = new(Device.Cpu, 8);

    [Theory]
    [InlineData(1.5, null)]
    [InlineData(40.0, null)]
    [InlineData(null, 1.2)]
    public void Penalty_OnKernels_HasTheGradientOfTheFormula(double? value, double? ratio)
    {
        using var network = Network();
        using var followed = Settled(network);
        foreach (var parameter in network.Parameters()) parameter.Grad = Tensor.Full(parameter.Shape, 0.25);

        new SingularValuePenalty(followed, new SingularValueTarget(value, ratio), 0.3).AddGradients(network);

        foreach (var (name, weight) in network.RegularisedWeights())
        {
            var sigma = Aten.LinalgSvdvals(weight.Flatten(1));
            var wanted = value ?? ratio!.Value * sigma.Select(0, 1).Item();
            var formula = (sigma.Select(0, 0) - wanted).Square() * 0.3;
            var expected = Autograd.Grad([formula], [weight])[0]!;
            var scale = expected.Abs().Max().Item();
            Assert.InRange(MaxDifference(weight.Grad! - 0.25, expected) / scale, 0, 2e-3);
        }
    }

    [Fact]
    public void Clamp_OfALargeValue_CutsItAndLeavesTheOthers()
    {
        using var network = Network();
        using var followed = Settled(network);
        var weight = network.RegularisedWeights()[0].Tensor;
        var before = Values(weight);
        var limit = (before[0] + before[1]) / 2;

        new SingularValueClamp(followed, new SingularValueTarget(limit, null)).Apply();

        var after = Values(weight);
        Assert.InRange(after[0] / limit, 0.999, 1.001);
        for (var k = 1; k < before.Length; k++) Assert.InRange(after[k] / before[k], 0.999, 1.001);
    }

    [Fact]
    public void Clamp_AtAMultipleOfTheSecond_BringsEveryWeightThere()
    {
        using var network = Network();
        using var followed = Settled(network);
        foreach (var (_, weight) in network.RegularisedWeights())
            Assert.True(Values(weight)[0] > 1.01 * Values(weight)[1]);

        new SingularValueClamp(followed, new SingularValueTarget(null, 1.01)).Apply();

        foreach (var (_, weight) in network.RegularisedWeights())
            Assert.InRange(Values(weight)[0] / Values(weight)[1], 1.005, 1.015);
    }

    [Fact]
    public void Clamp_OfSmallValues_ChangesNothing()
    {
        using var network = Network();
        using var followed = Settled(network);
        var before = network.Parameters().Select(static p => p.Detach().Clone()).ToList();

        new SingularValueClamp(followed, new SingularValueTarget(1e3, null)).Apply();

        foreach (var (old, now) in before.Zip(network.Parameters())) Assert.Equal(0, MaxDifference(old, now));
    }

    [Fact]
    public void Vectors_OfAWeightThatMoves_FollowIt()
    {
        using var layer = new Linear(30, 20, null, new(WeightInitialization.He, random), hasBias: false);
        var weight = layer.Parameters()[0];
        using var vectors = new LeadingSingularVectors(weight, random);
        double first = 0;
        double? second = null;
        for (var step = 0; step < 60; step++)
        {
            using (new NoGradScope()) weight.AddInPlace(Tensor.Randn([20, 30], random), 0.002);
            (first, second, _, _) = vectors.Refine();
        }

        var exact = Values(weight);
        Assert.InRange(first / exact[0], 0.995, 1.0001);
        Assert.InRange(second!.Value / exact[1], 0.97, 1.0001);
    }

    [Fact]
    public void Vectors_OfARowOrOfZeros_AreHarmless()
    {
        using var row = new Linear(5, 1, null, new(WeightInitialization.Normal, random), hasBias: false);
        using var vectors = new LeadingSingularVectors(row.Parameters()[0], random);
        Assert.Null(vectors.Refine().Second);
        Assert.Equal(row.Parameters()[0].Norm().Item(), vectors.Refine().First, 1e-6);

        using (new NoGradScope()) row.Parameters()[0].ZeroInPlace();
        var (first, _, left, right) = vectors.Refine();

        Assert.Equal(0, first);
        Assert.Equal(0, right.Abs().Max().Item());
        Assert.True(double.IsFinite(left.Sum().Item()));
    }

    private Pair Network() => new(
        new Conv2d(4, 6, 3, null, new(WeightInitialization.He, random)),
        new Linear(7, 9, null, new(WeightInitialization.He, random)));

    /// <summary>The vectors of weights that stood still for long enough to be found.</summary>
    private static FollowedWeights Settled(Module network)
    {
        var followed = new FollowedWeights(network);
        for (var k = 0; k < 150; k++)
            foreach (var (_, vectors) in followed.All)
            {
                using var scope = new TensorScope();
                vectors.Refine();
            }

        return followed;
    }

    private static float[] Values(Tensor weight)
    {
        using var noGrad = new NoGradScope();
        return Aten.LinalgSvdvals(weight.Flatten(1)).ToArray<float>();
    }

    private sealed class Pair : Module
    {
        public Pair(Module first, Module second)
        {
            Child("first", first);
            Child("second", second);
        }
    }
}
