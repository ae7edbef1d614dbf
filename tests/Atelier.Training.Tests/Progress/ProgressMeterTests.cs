using Atelier.Training.Progress;

namespace Atelier.Training.Tests.Progress;

public sealed class ProgressMeterTests
{
    private readonly ManualClock clock = new();

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    public void Eta_AfterFivePercent_IsWithinAFifthOfTheTruth(double noise)
    {
        // 1000 steps of 0.2 s give or take the noise, the first 30 times slower, an evaluation of 4 s every
        // 50 steps.
        const int Total = 1000;
        var meter = new ProgressMeter(0, Total, 64, clock);
        meter.Expect(TrainingPhase.Evaluating, 50);
        var random = new Random(5);
        var estimates = new List<(double At, double Eta)>();
        for (var step = 1; step <= Total; step++)
        {
            clock.Advance(step == 1 ? 6.0 : 0.2 * (1 + noise * (2 * random.NextDouble() - 1)));
            meter.StepDone();
            if (step % 50 == 0)
            {
                using (meter.Pause(TrainingPhase.Evaluating))
                    clock.Advance(4.0);
            }

            if (step is >= 50 and < 950 && step % 10 == 0)
                estimates.Add((meter.Elapsed.TotalSeconds, meter.Eta!.Value.TotalSeconds));
        }

        var end = meter.Elapsed.TotalSeconds;
        Assert.All(estimates, estimate =>
            Assert.InRange(estimate.Eta, 0.8 * (end - estimate.At), 1.2 * (end - estimate.At)));
    }

    [Fact]
    public void ImagesPerSecond_WithAPause_ExcludesIt()
    {
        var meter = new ProgressMeter(0, 100, 50, clock);
        for (var i = 0; i < 4; i++)
        {
            clock.Advance(0.5);
            meter.StepDone();
            using var pause = meter.Pause(TrainingPhase.Saving);
            clock.Advance(7);
        }

        Assert.Equal(100, meter.TakeImagesPerSecond(), 9);
        Assert.Equal(0, meter.TakeImagesPerSecond());
    }

    [Fact]
    public void Eta_BeforeASecondStep_IsUnknown()
    {
        var meter = new ProgressMeter(10, 100, 50, clock);
        clock.Advance(9);
        meter.StepDone();

        Assert.Equal(11, meter.Step);
        Assert.Null(meter.Eta);
    }

    [Fact]
    public void Group_PassesEventsInOrder()
    {
        var heard = new List<string>();
        var group = new ObserverGroup(new Listener("a", heard), new Listener("b", heard));

        group.OnStep(3, 9);
        group.OnWarning("w");

        Assert.Equal(["a step 3/9", "b step 3/9", "a w", "b w"], heard);
    }

    private sealed class Listener(string name, List<string> heard) : ITrainingObserver
    {
        public void OnStep(long step, long totalSteps) => heard.Add($"{name} step {step}/{totalSteps}");

        public void OnWarning(string sentence) => heard.Add($"{name} {sentence}");
    }
}
