using System.Diagnostics;
using Atelier.Data;
using Atelier.Data.Resizing;

namespace Atelier.Training.Benchmarks;

/// <summary>
/// How fast images are packed, beside what cannot be saved: reading and decoding them. Wall and processor
/// time, since other work on the machine lengthens the first.
/// </summary>
public static class PackBenchmark
{
    /// <summary>Measures; the last packed file stays.</summary>
    /// <param name="path">What is packed: anything that <see cref="DatasetOpener"/> opens.</param>
    /// <param name="packed">The file to write.</param>
    /// <param name="size">Size of the packed images.</param>
    /// <param name="threads">Threads that decode.</param>
    /// <param name="rounds">How often all of it is packed.</param>
    /// <param name="cancel">Stops, and leaves nothing behind.</param>
    /// <exception cref="AtelierException">The images cannot be used (Dataset), or the disk refused (Disk).
    /// </exception>
    public static PackBenchmarkResult Run(
        string path, string packed, ImageSize size, int threads, int rounds,
        CancellationToken cancel = default)
    {
        using var source = DatasetOpener.OpenSource(path);
        var count = source.Count;
        var work = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        var fitter = new ImageFitter(size, ResizeFit.CentreCrop, ResizeFilter.Area);
        // Brings the files into the page cache and compiles what reads and decodes.
        Parallel.For(0, count, work, index => source.Decode(index));
        var parts = new List<PackRate>
        {
            Time("read and decode", count, () => Parallel.For(0, count, work, index => source.Decode(index))),
            Time("read, decode and resize", count, () => Parallel.For(0, count, work, index =>
            {
                var image = source.Decode(index);
                fitter.Fill(image, new byte[size.Width * size.Height * image.Channels]);
            })),
        };
        var packs = new List<PackRate>();
        for (var round = 0; round < rounds; round++)
            packs.Add(Time("pack", count, () =>
            {
                using var again = DatasetOpener.OpenSource(path);
                DatasetPacker.Pack(
                    again, packed, new PackOptions { Size = size, Threads = threads }, null, cancel);
            }));
        return new PackBenchmarkResult(
            count, threads, [.. parts, .. packs], Median.Of(packs.Select(static p => p.ImagesPerSecond)));
    }

    private static PackRate Time(string part, int images, Action action)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        action();
        var wall = watch.Elapsed.TotalSeconds;
        return new PackRate(
            part, images / wall, wall, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }
}
