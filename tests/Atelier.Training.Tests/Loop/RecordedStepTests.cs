using Atelier.Gan;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

/// <summary>
/// Recorded steps beside plain ones, with a recording that does its work anew at every replay: what differs
/// from a GPU is who does it.
/// </summary>
public sealed class RecordedStepTests : TensorTest
{
    private const int Steps = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Steps_Replayed_AreThePlainOnes(int accumulation)
    {
        using var plain = Session(accumulation);
        using var recorded = Session(accumulation);
        using var recording = new WorkedRecording();
        using var one = Step(plain, null);
        using var other = Step(recorded, recording);

        for (var k = 0; k < Steps; k++) Assert.Equal(one.Run(), other.Run());

        Assert.Equal(["warm", "warm", "warm", "record", "replay", "replay", "replay"], recording.Calls);
        Assert.Equal(plain.Step, recorded.Step);
        Assert.Equal(plain.DiscriminatorOptimizer.StepCount, recorded.DiscriminatorOptimizer.StepCount);
        Assert.Equal(plain.GeneratorOptimizer.StepCount, recorded.GeneratorOptimizer.StepCount);
        Assert.Equal(plain.Random.GetState(), recorded.Random.GetState());
        foreach (var (expected, actual) in plain.AllTensors().Zip(recorded.AllTensors()))
            Assert.Equal(expected.Tensor.ToArray<float>(), actual.Tensor.ToArray<float>());
    }

    [Fact]
    public void Clock_OfARecordedStep_IsNotTold()
    {
        using var session = Session(1);
        using var recording = new WorkedRecording();
        using var step = new TrainStep(
            session, new HingeLoss(), () => Batch(1), recording: recording) { Clock = new UntoldClock() };

        for (var k = 0; k < Steps; k++) step.Run();

        Assert.Equal(Steps, session.Step);
    }

    [Fact]
    public void Inputs_FilledAgain_StayInTheSameTensors()
    {
        var settings = TinyRun.RecipeOf("training.discriminator_steps=2").Recipe.Training;
        var (reals, fakes) = (0, 0);
        using var inputs = new StepInputs(
            settings, () => Numbered(++reals), _ => new FakeInput(Tensor.Full([4, 2], ++fakes), Classes()));
        inputs.Fill();
        var (real, fake) = (inputs.NextReal(), inputs.NextFake(4));
        var second = inputs.NextReal();

        inputs.Fill();

        Assert.Equal((4, 6), (reals, fakes));
        Assert.Same(real.Images, inputs.NextReal().Images);
        Assert.Equal(3, real.Images.Max().Item());
        Assert.Equal(4, second.Images.Max().Item());
        Assert.Equal(4, fake.Latent.Max().Item());
    }

    [Fact]
    public void Inputs_OfAnotherBatchSize_AreAFailure()
    {
        using var inputs = new StepInputs(
            TinyRun.RecipeOf().Recipe.Training, () => Numbered(1),
            static count => new FakeInput(Tensor.Zeros([count, 2]), Classes()));
        inputs.Fill();

        Assert.Throws<AtelierException>(() => inputs.NextFake(5));
    }

    [Fact]
    public void Loss_ThatIsNotFinite_EndsARecordedStepToo()
    {
        using var session = Session(1);
        using var recording = new WorkedRecording();
        using var step = new TrainStep(
            session, new HingeLoss(), () => Poisoned(session.Step == Steps - 1), recording: recording);
        for (var k = 1; k < Steps; k++) step.Run();

        var error = Assert.Throws<AtelierException>(() => step.Run());

        Assert.Equal(FailureKind.Numeric, error.Kind);
        Assert.Contains(
            $"At step {Steps} the discriminator's loss is NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ARecipeThatAsksForNone_IsNull()
    {
        using var session = Session(1);

        Assert.Null(StepRecording.Of(session));
    }

    [Fact]
    public void Of_ARunOnTheProcessor_IsRefused()
    {
        using var session = TinyRun.Session(TinyRun.RecipeOf("training.cuda_graph=true").Recipe.Training);

        var error = Assert.Throws<AtelierException>(() => StepRecording.Of(session));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("the run is on cpu, not on a GPU", error.Message, StringComparison.Ordinal);
    }

    private static GanSession Session(int accumulation) => TinyRun.Session(TinyRun.RecipeOf(
        $"training.accumulation={accumulation}", "training.lr_decay=linear", "training.steps=20")
        .Recipe.Training);

    private static TrainStep Step(GanSession session, IStepRecording? recording)
    {
        var taken = 0UL;
        return new TrainStep(session, new HingeLoss(), () => Batch(++taken), recording: recording);
    }

    private static RealBatch Batch(ulong seed)
    {
        using var random = new Generator(Device.Cpu, seed);
        return new RealBatch(
            Tensor.Randn([4, 1, 32, 32], random), Aten.Randint(0, 3, [4], random, DType.Int64));
    }

    private static RealBatch Poisoned(bool isPoisoned)
    {
        var batch = Batch(1);
        return isPoisoned ? batch with { Images = batch.Images * double.NaN } : batch;
    }

    private static RealBatch Numbered(int number) => new(Tensor.Full([4, 1, 2, 2], number), Classes());

    private static Tensor Classes() => Tensor.FromArray<long>([0, 1, 2, 0], 4);

    /// <summary>A clock waits for the device, which a recording cannot.</summary>
    private sealed class UntoldClock : IStepClock
    {
        public StepPhaseScope Enter(StepPhase phase) =>
            throw new InvalidOperationException($"a recorded step told the clock of {phase}");
    }

    /// <summary>Does the recorded work anew at every replay.</summary>
    private sealed class WorkedRecording : IStepRecording
    {
        private Action recorded = static () => Assert.Fail("nothing was recorded");

        public List<string> Calls { get; } = [];

        public void WarmUp(Action work)
        {
            Calls.Add("warm");
            work();
        }

        public void Record(Action work)
        {
            Calls.Add("record");
            recorded = work;
        }

        public void Replay()
        {
            Calls.Add("replay");
            recorded();
        }

        public void Dispose()
        {
        }
    }
}
