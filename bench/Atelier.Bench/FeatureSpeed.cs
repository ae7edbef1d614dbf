using System.Globalization;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Bench;

/// <summary>
/// How fast InceptionV3 in FID's form takes pictures of 299 px, prepared already, with random weights.
/// bench/features.py is its twin.
/// </summary>
internal static class FeatureSpeed
{
    private const int Batch = 8;
    private const int WarmUpBatches = 1;

    /// <summary>Prints images a second of the clock, and seconds of the processor an image.</summary>
    /// <param name="batches">How many batches of 8 are timed, each by itself; the best one counts.</param>
    public static void Print(int batches)
    {
        TorchRuntime.EnsureLoaded();
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        using var generator = new Generator(Device.Cpu, 0);
        using var network = InceptionV3.TensorFlow();
        network.Load(network.Slots.ToDictionary(
            static slot => slot.Name, slot => RandomWeight(slot, generator), StringComparer.Ordinal));
        var images = Tensor.Rand([Batch, 3, InceptionV3.ImageSize, InceptionV3.ImageSize], generator) * 2 - 1;
        for (var k = 0; k < WarmUpBatches; k++) Look(network, images);
        var (wall, processor) = (double.MaxValue, double.MaxValue);
        for (var k = 0; k < batches; k++)
        {
            var start = TimeProvider.System.GetTimestamp();
            var used = Environment.CpuUsage.TotalTime;
            Look(network, images);
            wall = Math.Min(wall, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Batch / wall:F3} {processor / Batch:F4}"));
    }

    private static void Look(InceptionV3 network, Tensor images)
    {
        using var scope = new TensorScope();
        _ = network.Forward(images);
    }

    private static Tensor RandomWeight(WeightSlot slot, Generator generator)
    {
        long[] shape = [.. slot.Shape];
        if (shape.Length < 2) return Tensor.Rand(shape, generator) + 0.5;
        var inputs = shape.Skip(1).Aggregate(1L, static (product, size) => product * size);
        return Tensor.Randn(shape, generator) * Math.Sqrt(2.0 / inputs);
    }
}
