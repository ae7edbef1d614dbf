using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class ModuleTests : NnTest
{
    [Fact]
    public void State_OfATree_IsInTheOrderOfRegistrationWithDottedNames()
    {
        using var pair = new Pair();

        Assert.Equal(
            ["right.first", "right.second", "right.total", "left.first", "left.second", "left.total"],
            pair.State().Select(static s => s.Name));
        Assert.Equal(
            ["right.first", "right.second", "left.first", "left.second"],
            pair.NamedParameters().Select(static s => s.Name));
        Assert.Equal(["right.total", "left.total"], pair.NamedBuffers().Select(static s => s.Name));
    }

    [Fact]
    public void Modules_OfATree_BeginWithItself()
    {
        using var pair = new Pair();

        Assert.Equal(["", "right", "left"], pair.Modules().Select(static m => m.Path));
        Assert.Same(pair, pair.Modules().First().Module);
    }

    [Fact]
    public void ParameterCount_OfATree_CountsElementsButNoBuffers()
    {
        using var pair = new Pair();

        Assert.Equal(3 + 2 + 1 + 2, pair.ParameterCount());
    }

    [Fact]
    public void Train_OfATree_ReachesEveryModule()
    {
        using var pair = new Pair();

        pair.Train(false);

        Assert.All(pair.Modules(), static m => Assert.False(m.Module.IsTraining));
    }

    [Fact]
    public void LoadState_OfAnotherModel_NamesAllThatIsMissingUnexpectedAndMisshapenAtOnce()
    {
        using var pair = new Pair();
        var source = new Dictionary<string, Tensor>
        {
            ["right.first"] = Ramp(2),
            ["right.second"] = Ramp(2, 1),
            ["right.total"] = Ramp(1),
            ["left.second"] = Ramp(1, 2),
            ["left.total"] = Ramp(1),
            ["left.third"] = Ramp(1),
        };

        var failure = Assert.Throws<AtelierException>(() => pair.LoadState(source));

        Assert.Equal(FailureKind.Checkpoint, failure.Kind);
        Assert.Equal(
            "The stored weights are of another model: 1 missing: left.first. 1 unexpected: left.third. " +
            "2 of another shape: right.first (stored [2], expected [3]), left.second (stored [1, 2], " +
            "expected [2, 1]). Use the model and recipe that the weights were made with.",
            failure.Message);
    }

    [Fact]
    public void LoadState_ThatIsRefused_ChangesNothing()
    {
        using var weights = new Weights(1, 2);
        var source = new Dictionary<string, Tensor> { ["first"] = Ramp(2), ["second"] = Ramp(2, 1) };

        Assert.Throws<AtelierException>(() => weights.LoadState(source));

        Assert.Equal([1, 2], weights.First.Values());
    }

    [Fact]
    public void LoadState_OfMatchingTensors_OverwritesInPlaceAndKeepsGradientsOn()
    {
        using var weights = new Weights(1, 2);
        var before = weights.First;
        var source = new Dictionary<string, Tensor>
        {
            ["first"] = Of([7, -8], 2), ["second"] = Of([3, 4], 2, 1), ["total"] = Of([9], 1),
        };

        weights.LoadState(source);

        Assert.Equal([7, -8], before.Values());
        Assert.Equal([9], weights.Total.Values());
        Assert.True(before.RequiresGrad);
    }

    [Fact]
    public void ZeroGrad_AfterABackwardPass_DropsEveryGradient()
    {
        using var pair = new Pair();
        Autograd.Backward(pair.Left.First.Sum() + pair.Right.Second.Sum());

        pair.ZeroGrad();

        Assert.All(pair.NamedParameters(), static p => Assert.Null(p.Tensor.Grad));
    }

    [Fact]
    public void RequireGrad_SwitchedOff_FreezesParametersAndLeavesBuffers()
    {
        using var pair = new Pair();

        pair.RequireGrad(false);

        Assert.All(pair.State(), static s => Assert.False(s.Tensor.RequiresGrad));
        pair.RequireGrad(true);
        Assert.All(pair.NamedParameters(), static p => Assert.True(p.Tensor.RequiresGrad));
        Assert.All(pair.NamedBuffers(), static b => Assert.False(b.Tensor.RequiresGrad));
    }

    [Fact]
    public void Dispose_OfATree_FreesEveryTensorOfIt()
    {
        var before = Tensor.LiveCount;
        var layer = new SelfAttention2d(8, new SpectralNormOptions(), Init());
        var norm = ConditionalBatchNorm2d.FromVector(2, 3, 1e-5, new SpectralNormOptions(), Init());
        Assert.True(Tensor.LiveCount > before);

        layer.Dispose();
        norm.Dispose();

        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void Dispose_WhileStandingStatisticsAreGathered_FreesThePoolToo()
    {
        var before = Tensor.LiveCount;
        var layer = new BatchNorm2d(2, 1e-5);
        var statistics = layer.Modules().Select(static m => m.Module).OfType<IBatchStatistics>().Single();
        statistics.BeginStandingStatistics();

        layer.Dispose();

        Assert.Equal(before, Tensor.LiveCount);
    }
}
