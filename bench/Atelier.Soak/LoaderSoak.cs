using System.Diagnostics;
using System.Globalization;
using Atelier.Data;

namespace Atelier.Soak;

/// <summary>
/// Loads batches for a while, in every way that a run may: one loader that lives throughout, and beside it
/// datasets that are opened, read from a place inside an epoch, and closed. Notes what the process holds
/// every second, and tells whether anything grows.
/// </summary>
internal sealed class LoaderSoak(string data)
{
    private const int BatchSize = 64;
    private const int BatchesOfALife = 500;
    private const int Parts = 5;
    // The collector and the allocator of C settle only after hundreds of loaders.
    private const double WarmUp = 0.25;

    private readonly Random random = new(1);
    private readonly List<long[]> samples = [];
    private long images;
    private long lives;

    private static readonly (string Name, Func<long> Read, long MostGrowth)[] Gauges =
    [
        // The collector keeps what it took for a while.
        ("resident bytes", ProcessGauge.ResidentBytes, 4 << 20),
        ("managed heap bytes", static () => GC.GetTotalMemory(forceFullCollection: false), 4 << 20),
        ("handles", ProcessGauge.Handles, 2),
        ("threads", ProcessGauge.Threads, 4),
        ("mapped shards", ProcessGauge.MappedFiles, 2),
    ];

    /// <summary>Runs for so long; 0 when nothing grew.</summary>
    public int Run(TimeSpan duration)
    {
        if (!ProcessGauge.SeesMemory())
        {
            Console.WriteLine("the gauge does not see memory that is taken and given back");
            return 1;
        }

        var watch = Stopwatch.StartNew();
        using var dataset = PackedDataset.Open(data);
        using var steady = Open(dataset, new DataCursor(7));
        var next = TimeSpan.Zero;
        while (watch.Elapsed < duration)
        {
            Live(steady);
            if (watch.Elapsed < next) continue;
            next = watch.Elapsed + TimeSpan.FromSeconds(1);
            // What nobody refers to any more is no growth.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            samples.Add([.. Gauges.Select(gauge => gauge.Read())]);
        }

        return Report(watch.Elapsed);
    }

    /// <summary>
    /// A dataset is opened, read from somewhere in an epoch, and closed in the middle of one.
    /// </summary>
    private void Live(BatchLoader steady)
    {
        using var dataset = PackedDataset.Open(data);
        var view = dataset.Split(dataset.Splits[0].Name);
        var world = 1 << random.Next(3);
        using var loader = Open(dataset, new DataCursor(7, random.Next(9), random.Next(view.Count)), world,
            random.Next(world), 1 + (2 * random.Next(2)), random.Next(2) == 0 ? null : 5000);
        for (var step = 0; step < BatchesOfALife; step++)
        {
            using var batch = loader.Next();
            using var other = steady.Next();
            images += batch.Count + other.Count;
        }

        lives++;
    }

    private static BatchLoader Open(PackedDataset dataset, DataCursor cursor, int world = 1, int rank = 0,
        int readers = 1, int? window = null) => new(dataset.Split(dataset.Splits[0].Name), new LoaderOptions
    {
        BatchSize = BatchSize,
        Cursor = cursor,
        HorizontalFlip = true,
        WorldSize = world,
        Rank = rank,
        Readers = readers,
        ShuffleWindow = window,
    });

    private int Report(TimeSpan elapsed)
    {
        var seen = samples.Skip((int)(WarmUp * samples.Count)).ToList();
        var size = seen.Count / Parts;
        if (size == 0)
        {
            Console.WriteLine("too short: give at least half a minute");
            return 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{elapsed.TotalMinutes:0.0} min, {images} images, {lives} loaders opened and closed"));
        var failed = 0;
        for (var i = 0; i < Gauges.Length; i++)
        {
            // By the medians of fifths, so that single peaks do not count.
            var medians = Enumerable.Range(0, Parts)
                .Select(part => Median(seen.Skip(part * size).Take(size), i)).ToList();
            var grew = medians[^1] - medians[0] > Gauges[i].MostGrowth;
            failed += grew ? 1 : 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Gauges[i].Name,-20} {string.Join(" -> ", medians)} {(grew ? "GREW" : "steady")}"));
        }

        return failed == 0 ? 0 : 1;
    }

    private static long Median(IEnumerable<long[]> part, int gauge)
    {
        var sorted = part.Select(sample => sample[gauge]).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
