using Atelier.Training.Progress;
using Atelier.Training.Telemetry;

namespace Atelier.Training.Loop;

/// <summary>What a tick needs besides the means of its steps.</summary>
internal sealed record TickContext(
    long Step, long TotalSteps, long Images, DateTimeOffset Time, double ElapsedSeconds, double? EtaSeconds,
    double ImagesPerSecond, double LearningRateGenerator, double LearningRateDiscriminator);

/// <summary>Means over the steps since the last tick.</summary>
internal sealed class TickWindow
{
    private double lossDiscriminator;
    private double lossGenerator;
    private double real;
    private double fake;

    /// <summary>Steps in the window.</summary>
    public int Count { get; private set; }

    public void Add(StepResult result)
    {
        lossDiscriminator += result.LossDiscriminator;
        lossGenerator += result.LossGenerator;
        real += result.DReal;
        fake += result.DFake;
        Count++;
    }

    /// <summary>The tick, after which the window is empty.</summary>
    public TickStats Take(TickContext context)
    {
        var tick = new TickStats
        {
            Step = context.Step,
            TotalSteps = context.TotalSteps,
            Images = context.Images,
            Time = context.Time,
            ElapsedSeconds = context.ElapsedSeconds,
            EtaSeconds = context.EtaSeconds,
            ImagesPerSecond = context.ImagesPerSecond,
            LossDiscriminator = lossDiscriminator / Count,
            LossGenerator = lossGenerator / Count,
            DReal = real / Count,
            DFake = fake / Count,
            LearningRateGenerator = context.LearningRateGenerator,
            LearningRateDiscriminator = context.LearningRateDiscriminator,
            Memory = MemoryProbe.Read(),
        };
        Clear();
        return tick;
    }

    /// <summary>Forgets the steps since the last tick.</summary>
    public void Clear()
    {
        lossDiscriminator = lossGenerator = real = fake = 0;
        Count = 0;
    }
}
