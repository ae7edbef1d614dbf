using Atelier.Gan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

public sealed class TrainStepTests : TensorTest
{
    [Fact]
    public void Accumulation_OfTwoBatches_LeavesTheMeanOfTheirGradients()
    {
        var settings =
            TinyRun.RecipeOf("training.accumulation=2", "training.discriminator_steps=1").Recipe.Training;
        var batches = new[] { Batch(1), Batch(2) };

        using var session = TinyRun.Session(settings);
        var next = 0;
        new TrainStep(session, new HingeLoss(), () => batches[next++]).Run();
        var accumulated = Gradients(session.Discriminator);

        // The same draws by hand on a twin: each batch alone, from a clean slate.
        using var twin = TinyRun.Session(settings);
        twin.Generator.RequireGrad(false);
        var first = GradientsOf(twin, batches[0]);
        var second = GradientsOf(twin, batches[1]);

        Assert.Equal(2, next);
        Assert.Equal(first.Count, accumulated.Count);
        // float32 sums of a few thousand terms in another order.
        foreach (var (name, gradient) in accumulated)
            Assert.InRange(MaxDifference((first[name] + second[name]) / 2, gradient), 0, 1e-5);
        Assert.Contains(first.Keys, name => MaxDifference(first[name], second[name]) > 1e-3);
    }

    [Fact]
    public void Step_WithTwoDiscriminatorUpdates_TakesTwoBatchesAndCountsThem()
    {
        using var session = TinyRun.Session();
        var taken = 0UL;
        var step = new TrainStep(session, new HingeLoss(), () => Batch(++taken));

        var result = step.Run();

        Assert.Equal(2UL, taken);
        Assert.Equal(2, session.DiscriminatorOptimizer.StepCount);
        Assert.Equal(1, session.GeneratorOptimizer.StepCount);
        Assert.Equal(1, session.Step);
        Assert.True(double.IsFinite(result.LossDiscriminator) && double.IsFinite(result.LossGenerator));
    }

    [Fact]
    public void Step_BeforeTheAverageStarts_CopiesTheGenerator()
    {
        using var session = TinyRun.Session();

        new TrainStep(session, new HingeLoss(), () => Batch(1)).Run();

        foreach (var (mine, average) in session.Generator.State().Zip(session.Average.State()))
            Assert.Equal(0, MaxDifference(mine.Tensor, average.Tensor));
    }

    private static Dictionary<string, Tensor> GradientsOf(GanSession session, RealBatch real)
    {
        session.Discriminator.ZeroGrad();
        var loss = new HingeLoss();
        var classes = Aten.Randint(0, 3, [4], session.Random, DType.Int64);
        var fake = session.Generator.Generate(TruncatedNormal.Draw(4, 4, null, session.Random), classes);
        var logits = session.Discriminator
            .Discriminate(Aten.Cat([fake, real.Images]), Aten.Cat([classes, real.Classes])).Logits;
        Autograd.Backward(
            loss.DiscriminatorOnReal(logits.Narrow(0, 4, 4)) +
                loss.DiscriminatorOnFake(logits.Narrow(0, 0, 4)));
        return Gradients(session.Discriminator);
    }

    private static Dictionary<string, Tensor> Gradients(Module module) =>
        module.NamedParameters().ToDictionary(static p => p.Name, static p => p.Tensor.Grad!.Clone());

    private static RealBatch Batch(ulong seed)
    {
        using var random = new Generator(Device.Cpu, seed);
        return new RealBatch(
            Tensor.Randn([4, 1, 32, 32], random), Aten.Randint(0, 3, [4], random, DType.Int64));
    }
}
