using System.Diagnostics;
using Atelier.Gan;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Training.Benchmarks;

/// <summary>How fast a generator in evaluation mode makes pictures: latents, network, and bytes.</summary>
public static class SampleBenchmark
{
    private const ulong Seed = 11;

    /// <summary>Gathers statistics, warms up with a batch, then makes the images a few times.</summary>
    /// <param name="generator">It ends in evaluation mode.</param>
    /// <param name="statistics">How its statistics are gathered; null to use those that it has.</param>
    /// <param name="options">How many images, and how.</param>
    /// <param name="cancel">Stops between batches.</param>
    public static SampleBenchmarkResult Run(
        GeneratorNetwork generator, StandingStatisticsOptions? statistics, SampleBenchmarkOptions options,
        CancellationToken cancel = default)
    {
        using var random = new Generator(Device.Cpu, Seed);
        using var noGrad = new NoGradScope();
        var policy = new PrecisionPolicy(options.Precision, DeviceType.Cpu);
        PeakMemory.Reset();
        var watch = Stopwatch.StartNew();
        if (statistics is not null)
            StandingStatistics.Gather(generator, statistics, null, cancel: cancel);
        var gathering = watch.Elapsed.TotalSeconds;
        generator.Train(false);
        var pixels = new byte[options.Batch * generator.ImageBytes];
        Draw(generator, Math.Min(options.Batch, options.Count), 0, policy, random, pixels);
        var rounds = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            watch.Restart();
            for (var done = 0; done < options.Count; done += options.Batch)
            {
                cancel.ThrowIfCancellationRequested();
                Draw(generator, Math.Min(options.Batch, options.Count - done), done, policy, random, pixels);
            }

            rounds.Add(watch.Elapsed.TotalSeconds);
        }

        var seconds = Median.Of(rounds);
        return new SampleBenchmarkResult(
            options.Count / seconds, seconds, rounds, gathering, PeakMemory.Megabytes());
    }

    private static void Draw(
        GeneratorNetwork generator, int count, int first, PrecisionPolicy policy, Generator random,
        byte[] pixels)
    {
        using var scope = new TensorScope();
        var latent = generator.DrawLatents(count, null, random);
        var classes = Aten.Arange(first, first + count, 1, DType.Int64).Remainder(generator.ClassCount);
        using var cast = policy.Enter();
        PixelRange.ToBytes(generator.Generate(latent, classes))
            .CopyTo(pixels.AsSpan(0, count * generator.ImageBytes));
    }
}
