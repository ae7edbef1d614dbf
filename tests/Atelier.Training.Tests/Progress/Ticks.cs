using Atelier.Training.Progress;

namespace Atelier.Training.Tests.Progress;

internal static class Ticks
{
    public static TickStats At(long step) => new()
    {
        Step = step,
        TotalSteps = 100,
        Images = step * 64,
        Time = DateTimeOffset.UnixEpoch,
        ElapsedSeconds = 1.5,
        ImagesPerSecond = 200.25,
        LossDiscriminator = 1.25,
        LossGenerator = double.NaN,
        DReal = 0.5,
        DFake = double.NegativeInfinity,
        LearningRateGenerator = 5e-5,
        LearningRateDiscriminator = 2e-4,
        Memory = new(3, 4, 5),
        Extra = new Dictionary<string, double> { ["gradient_norm/generator"] = 2.5 },
    };
}
