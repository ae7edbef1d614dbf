using Atelier.Gan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

public sealed class NumericGuardTests : TensorTest
{
    [Theory]
    [InlineData("generator", double.NaN)]
    [InlineData("discriminator", double.PositiveInfinity)]
    [InlineData("ema", double.NaN)]
    [InlineData("optimizer-generator.square", double.PositiveInfinity)]
    public void Run_BadNumberInATensor_StopsNamesItAndSavesNothing(string owner, double bad)
    {
        using var run = new TinyRun();
        var name = "";
        TrainingLoop? loop = null;
        var observer = new ScriptedObserver(step =>
        {
            if (step == 9) name = Spoil(loop!.Session, owner, bad);
        });
        using (loop = run.Loop(observer, ["training.steps=60"]))
        {
            var failure = Assert.Throws<AtelierException>(() => { loop.Run(); });

            Assert.Equal(FailureKind.Numeric, failure.Kind);
            Assert.Contains(name, failure.Message, StringComparison.Ordinal);
            Assert.Contains("not finite", failure.Message, StringComparison.Ordinal);
            Assert.Equal([7], observer.Saved);
            Assert.Equal(7, run.Checkpoints.LoadLatest(strict: true)!.Step);
        }
    }

    [Fact]
    public void Run_AfterAFailure_GoesOnFromTheCheckpointBeforeIt()
    {
        using var run = new TinyRun();
        TrainingLoop? loop = null;
        using (loop = run.Loop(new ScriptedObserver(step =>
        {
            if (step == 9) Spoil(loop!.Session, "generator", double.NaN);
        }), ["training.steps=12"]))
        {
            Assert.Throws<AtelierException>(() => { loop.Run(); });
        }

        var observer = new ScriptedObserver();
        using var again = run.Loop(observer, ["training.steps=12"]);

        Assert.Equal(12, again.Run().Step);
        Assert.Equal(7, observer.StartStep);
    }

    [Theory]
    [InlineData(Fault.DiscriminatorLoss, "the discriminator's loss is NaN")]
    [InlineData(Fault.GeneratorLoss, "the generator's loss is NaN")]
    [InlineData(Fault.DiscriminatorGradient, "the gradient of discriminator.")]
    [InlineData(Fault.GeneratorGradient, "the gradient of generator.")]
    public void Step_BadLossOrGradient_StopsAndNamesIt(Fault fault, string expected)
    {
        using var session = TinyRun.Session();
        // Gradients are looked at every tenth step.
        session.Step = 9;
        var step = new TrainStep(session, new FaultyLoss(fault), RandomBatch);

        var failure = Assert.Throws<AtelierException>(() => step.Run());

        Assert.Equal(FailureKind.Numeric, failure.Kind);
        Assert.Contains("At step 10 " + expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(9, session.Step);
    }

    [Fact]
    public void Step_BadGradientBetweenLooks_StopsAtTheNextLoss()
    {
        using var session = TinyRun.Session();
        session.Step = 4;
        var step = new TrainStep(session, new FaultyLoss(Fault.DiscriminatorGradient), RandomBatch);

        var failure = Assert.Throws<AtelierException>(() => step.Run());

        Assert.Equal(FailureKind.Numeric, failure.Kind);
        Assert.Contains("At step 5 ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "the first tensor that is not finite is discriminator.",
            failure.Message,
            StringComparison.Ordinal);
    }

    private static RealBatch RandomBatch() =>
        new(Tensor.Zeros([4, 1, 32, 32], DType.Float32), Tensor.FromArray<long>([0, 1, 2, 1], 4));

    private static string Spoil(GanSession session, string owner, double bad)
    {
        using var noGrad = new NoGradScope();
        // The first one is a weight, or its moment; some buffers are written anew at every step and would
        // heal.
        var (name, tensor) = session.AllTensors()
            .First(t => t.Name.StartsWith(owner + ".", StringComparison.Ordinal));
        tensor.FillInPlace(bad);
        return name;
    }

    /// <summary>Where <see cref="FaultyLoss"/> goes wrong.</summary>
    public enum Fault
    {
        DiscriminatorLoss,
        GeneratorLoss,
        DiscriminatorGradient,
        GeneratorGradient,
    }

    /// <summary>The hinge loss, but one half is not finite, or has no finite gradient.</summary>
    private sealed class FaultyLoss(Fault fault) : IAdversarialLoss
    {
        private readonly HingeLoss sound = new();

        public string Name => "faulty";

        public Tensor DiscriminatorOnReal(Tensor logits) => fault switch
        {
            Fault.DiscriminatorLoss => sound.DiscriminatorOnReal(logits) * double.NaN,
            Fault.DiscriminatorGradient => sound.DiscriminatorOnReal(logits) + RootOfZero(logits),
            _ => sound.DiscriminatorOnReal(logits),
        };

        public Tensor DiscriminatorOnFake(Tensor logits) => sound.DiscriminatorOnFake(logits);

        public Tensor Generator(Tensor logits) => fault switch
        {
            Fault.GeneratorLoss => sound.Generator(logits) * double.NaN,
            Fault.GeneratorGradient => sound.Generator(logits) + RootOfZero(logits),
            _ => sound.Generator(logits),
        };

        // Zero, with a slope of infinity times zero.
        private static Tensor RootOfZero(Tensor logits) => (logits * 0).Sqrt().Sum();
    }
}
