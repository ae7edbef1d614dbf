using System.Diagnostics;
using Atelier.Data;

namespace Atelier.Training.Benchmarks;

/// <summary>
/// How many packed images a second the loader feeds, beside the floor: the same bytes copied in one piece by
/// memcpy, measured in turns in the same run.
/// </summary>
public static class LoaderBenchmark
{
    private const int Seed = 3;
    private const int Window = 10_000;
    private const int CopiedBatches = 32;

    /// <summary>Measures.</summary>
    /// <param name="dataset">The images; its first split is read.</param>
    /// <param name="batch">Images of a batch.</param>
    /// <param name="images">Images of a round; rounded up to whole batches.</param>
    /// <param name="rounds">Timed rounds of each way, of which the median counts.</param>
    /// <param name="cancel">Stops between ways.</param>
    public static LoaderBenchmarkResult Run(
        PackedDataset dataset, int batch, int images, int rounds, CancellationToken cancel = default)
    {
        var plain = new LoaderOptions { BatchSize = batch, Cursor = new DataCursor(Seed) };
        var batches = (images + batch - 1) / batch;
        var floors = new List<double>();
        var ways = new (string Name, LoaderOptions Options, List<double> Rates)[]
        {
            ("shuffled", plain, []),
            ("shuffled, flips", plain with { HorizontalFlip = true }, []),
            ($"windows of {Window}", plain with { ShuffleWindow = Window }, []),
            ("two readers", plain with { Readers = 2 }, []),
        };
        // The round before the first compiles and brings the file into memory.
        for (var round = 0; round <= rounds; round++)
        {
            var floor = Floor(dataset.ImageBytes, batch, batches);
            if (round > 0) floors.Add(floor);
            foreach (var (_, options, rates) in ways)
            {
                cancel.ThrowIfCancellationRequested();
                var rate = Load(dataset, options, batches);
                if (round > 0) rates.Add(rate);
            }
        }

        var memcpy = Median.Of(floors);
        return new LoaderBenchmarkResult(
            batch, dataset.ImageBytes, dataset.Shards, memcpy,
            [.. ways.Select(way => Rate(way.Name, Median.Of(way.Rates), memcpy))]);
    }

    private static LoaderRate Rate(string way, double rate, double memcpy) => new(way, rate, rate / memcpy);

    private static double Load(PackedDataset dataset, LoaderOptions options, int batches)
    {
        using var loader = new BatchLoader(dataset.Split(dataset.Splits[0].Name), options);
        loader.Next().Dispose();
        var watch = Stopwatch.StartNew();
        for (var step = 0; step < batches; step++) loader.Next().Dispose();
        return batches * options.BatchSize / watch.Elapsed.TotalSeconds;
    }

    private static double Floor(int imageBytes, int batch, int batches)
    {
        var source = GC.AllocateUninitializedArray<byte>(batch * imageBytes * CopiedBatches);
        var target = GC.AllocateUninitializedArray<byte>(batch * imageBytes);
        source.AsSpan().Fill(1);
        var watch = Stopwatch.StartNew();
        for (var step = 0; step < batches; step++)
            source.AsSpan(step % CopiedBatches * target.Length, target.Length).CopyTo(target);
        return batches * batch / watch.Elapsed.TotalSeconds;
    }
}
