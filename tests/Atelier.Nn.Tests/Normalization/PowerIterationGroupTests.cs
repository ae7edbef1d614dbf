using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class PowerIterationGroupTests : NnTest
{
    private static readonly SpectralNormOptions Defaults = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 2)]
    public void Pass_OfAGroup_GivesWhatEachLayerGivesAlone(int iterations, int singularValues)
    {
        var options = new SpectralNormOptions(1e-6, iterations, singularValues);
        using var alone = new Two(options);
        using var together = new Two(options);
        using var group = new PowerIterationGroup(together);
        var input = Ramp(2, 3, 4, 4);

        var expected = alone.Forward(input);
        var actual = together.Forward(input);

        Assert.InRange(MaxDifference(expected, actual), 0, Rounding);
        AssertSameBuffers(alone, together);
    }

    [Fact]
    public void SecondPass_OfUnchangedWeights_IteratesNoMore()
    {
        using var network = new Two(Defaults);
        using var group = new PowerIterationGroup(network);
        network.Forward(Ramp(2, 3, 4, 4));
        var before = network.Find("conv.norm.u").Values();

        network.Forward(Ramp(2, 3, 4, 4));
        Assert.Equal(before, network.Find("conv.norm.u").Values());
        group.WeightsChanged();
        network.Forward(Ramp(2, 3, 4, 4));

        Assert.NotEqual(before, network.Find("conv.norm.u").Values());
    }

    [Fact]
    public void EveryPassOfChangedWeights_AdvancesAsEveryPassAlone()
    {
        using var alone = new Two(Defaults);
        using var together = new Two(Defaults);
        using var group = new PowerIterationGroup(together);

        for (var pass = 0; pass < 3; pass++)
        {
            alone.Forward(Ramp(2, 3, 4, 4));
            group.WeightsChanged();
            together.Forward(Ramp(2, 3, 4, 4));
        }

        AssertSameBuffers(alone, together);
    }

    [Fact]
    public void Gradients_OfAGroup_AreThoseOfEachLayerAlone()
    {
        using var alone = new Two(Defaults);
        using var together = new Two(Defaults);
        using var group = new PowerIterationGroup(together);
        var input = Ramp(2, 3, 4, 4);

        Autograd.Backward(alone.Forward(input).Square().Sum());
        Autograd.Backward(together.Forward(input).Square().Sum());

        foreach (var (one, other) in alone.Parameters().Zip(together.Parameters()))
        {
            var scale = one.Grad!.Abs().Max().Item();
            Assert.InRange(MaxDifference(one.Grad!, other.Grad!) / scale, 0, 1e-5);
        }
    }

    [Fact]
    public void GradientsOfGradients_OfAGroup_AreThoseOfEachLayerAlone()
    {
        using var alone = new Two(Defaults);
        using var together = new Two(Defaults);
        using var group = new PowerIterationGroup(together);

        var expected = SecondOrder(alone);
        var actual = SecondOrder(together);

        Assert.Equal(2, actual.Count);
        foreach (var (one, other) in expected.Zip(actual))
            Assert.InRange(MaxDifference(one, other) / one.Abs().Max().Item(), 0, 2e-5);
    }

    [Fact]
    public void FrozenWeights_AreDividedOnceUntilTheyChange()
    {
        using var network = new Two(Defaults);
        using var group = new PowerIterationGroup(network);
        network.RequireGrad(false);
        var first = network.Forward(Ramp(2, 3, 4, 4));
        network.Find("conv.weight").MulInPlace(-1);

        var unnoticed = network.Forward(Ramp(2, 3, 4, 4));
        group.WeightsChanged();
        var noticed = network.Forward(Ramp(2, 3, 4, 4));

        Assert.Equal(0, MaxDifference(first, unnoticed));
        Assert.True(MaxDifference(first, noticed) > 1e-3);
        Assert.False(noticed.RequiresGrad);
    }

    [Fact]
    public void Evaluation_OfAGroup_LeavesTheVectorsAndSeesChangesAtOnce()
    {
        using var alone = new Two(Defaults);
        using var together = new Two(Defaults);
        using var group = new PowerIterationGroup(together);
        foreach (var network in new[] { alone, together })
        {
            network.Forward(Ramp(2, 3, 4, 4));
            network.Train(false);
            using var noGrad = new NoGradScope();
            network.Find("conv.weight").AddInPlace(0.25);
        }

        var before = together.Find("conv.norm.u").Values();

        var difference = MaxDifference(
            alone.Forward(Ramp(2, 3, 4, 4)), together.Forward(Ramp(2, 3, 4, 4)));
        Assert.InRange(difference, 0, Rounding);
        Assert.Equal(before, together.Find("conv.norm.u").Values());
    }

    [Fact]
    public void ZeroWeight_OfAGroup_StaysZeroKeepsItsVectorAndHasFiniteGradients()
    {
        using var network = new Two(Defaults);
        using var group = new PowerIterationGroup(network);
        using (new NoGradScope()) network.Find("conv.weight").ZeroInPlace();
        var before = network.Find("conv.norm.u").Values();

        var output = network.Forward(Ramp(2, 3, 4, 4));
        Autograd.Backward(output.Sum());

        Assert.Equal(before, network.Find("conv.norm.u").Values());
        Assert.All(output.Values(), static value => Assert.Equal(0, value));
        Assert.All(
            network.Find("conv.weight").Grad!.Values(), static g => Assert.True(double.IsFinite(g)));
    }

    [Fact]
    public void BFloat16Autocast_OfAGroup_LeavesIterationsFloat32ToTheLastBit()
    {
        using var plain = new Two(Defaults);
        using var cast = new Two(Defaults);
        using var first = new PowerIterationGroup(plain);
        using var second = new PowerIterationGroup(cast);
        plain.Forward(Ramp(2, 3, 4, 4));

        using var policy = new PrecisionPolicy(Precision.BFloat16, DeviceType.Cpu).Enter();
        var output = cast.Forward(Ramp(2, 3, 4, 4));

        Assert.Equal(DType.BFloat16, output.DType);
        foreach (var (name, tensor) in plain.NamedBuffers())
            Assert.Equal(tensor.ToArray<float>(), cast.Find(name).ToArray<float>());
    }

    [Fact]
    public void Dispose_OfAGroup_GivesEveryLayerItsOwnIterationsBack()
    {
        using var network = new Two(Defaults);
        using (new PowerIterationGroup(network)) network.Forward(Ramp(2, 3, 4, 4));
        var before = network.Find("linear.norm.u").Values();

        network.Forward(Ramp(2, 3, 4, 4));

        Assert.NotEqual(before, network.Find("linear.norm.u").Values());
    }

    /// <summary>Gradients of the weights of the squared gradient of the input, as R1 takes them.</summary>
    private static List<Tensor> SecondOrder(Two network)
    {
        var input = Ramp(2, 3, 4, 4);
        input.RequiresGrad = true;
        var output = network.Forward(input).Square().Sum();
        var gradient = Autograd.Grad([output], [input], createGraph: true)[0]!;
        Autograd.Backward(gradient.Square().Sum());
        return [.. network.Parameters().Select(static p => p.Grad).OfType<Tensor>()];
    }

    private static void AssertSameBuffers(Two expected, Two actual)
    {
        foreach (var (name, tensor) in expected.NamedBuffers())
            Assert.InRange(MaxDifference(tensor, actual.Find(name)), 0, Rounding);
    }

    /// <summary>A convolution and, behind it, a matrix, with the same start in every instance.</summary>
    private sealed class Two : Module
    {
        private readonly Conv2d conv;
        private readonly Linear linear;

        public Two(SpectralNormOptions options)
        {
            using var random = new Generator(Device.Cpu, 7);
            var init = new InitializationContext(WeightInitialization.Normal, random);
            conv = Child("conv", new Conv2d(3, 5, 3, options, init, hasBias: false));
            linear = Child("linear", new Linear(80, 4, options, init, hasBias: false));
        }

        public Tensor Forward(Tensor input) => linear.Forward(conv.Forward(input).Flatten(1));
    }
}
