using Atelier.Gan;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Benchmarks;
using Atelier.Training.Loop;
using Atelier.Training.Tests.Loop;

namespace Atelier.Training.Tests.Benchmarks;

public sealed class PhaseClockTests : TensorTest
{
    [Fact]
    public void Clock_OfPhasesInsideOthers_ChargesTheInnermostAlone()
    {
        var time = new ManualClock();
        var events = new List<TraceEvent>();
        var clock = new PhaseClock(time) { Events = events };
        time.Advance(100);

        clock.Begin();
        time.Advance(1);
        using (clock.Enter(StepPhase.Generator))
        {
            time.Advance(2);
            using (clock.Enter(StepPhase.Data)) time.Advance(4);
            time.Advance(8);
        }

        using (clock.Enter(StepPhase.Average)) time.Advance(16);
        time.Advance(32);
        var seconds = clock.End();

        Assert.Equal(new PhaseSeconds(4, 0, 0, 0, 10, 0, 16, 33), seconds);
        Assert.Equal(63, seconds.Total());
        Assert.Equal(
            [("Data", 4), ("Generator", 14), ("Average", 16)],
            events.Select(static e => (e.Name, e.Duration / 1_000_000_000)));
        Assert.Equal(2_000_000_000, events[0].Start - events[1].Start);
    }

    [Fact]
    public void Clock_ThatBeginsAgain_ForgetsTheStepBefore()
    {
        var time = new ManualClock();
        var clock = new PhaseClock(time);
        clock.Begin();
        clock.Enter(StepPhase.Generator);
        time.Advance(5);

        clock.Begin();
        time.Advance(1);

        Assert.Equal(1, clock.End().Other);
    }

    [Fact]
    public void Clock_OfADevice_CountsItsWorkForThePhaseThatAskedForIt()
    {
        var time = new ManualClock();
        var queued = 0;
        var clock = new PhaseClock(time, () =>
        {
            time.Advance(queued);
            queued = 0;
        });
        queued = 100;

        clock.Begin();
        using (clock.Enter(StepPhase.Generator)) queued = 7;

        Assert.Equal(new PhaseSeconds(0, 0, 0, 0, 7, 0, 0, 0), clock.End());
    }

    [Fact]
    public void Step_WithAClock_TellsItEveryPhaseInOrder()
    {
        using var session = TinyRun.Session();
        var events = new List<TraceEvent>();
        var clock = new PhaseClock { Events = events };
        var step = new TrainStep(session, new HingeLoss(), Batch) { Clock = clock };

        clock.Begin();
        step.Run();

        string[] update =
        [
            "Data", "GeneratorForward", "DiscriminatorForward", "DiscriminatorBackward", "Optimizer",
        ];
        Assert.Equal(
            [.. update, .. update, "Generator", "Optimizer", "Average"], events.Select(static e => e.Name));
    }

    private static RealBatch Batch()
    {
        using var random = new Generator(Device.Cpu, 1);
        return new RealBatch(
            Tensor.Randn([4, 1, 32, 32], random), Aten.Randint(0, 3, [4], random, DType.Int64));
    }
}
