using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Atelier.Data;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Bench;

/// <summary>
/// How fast a folder of images is packed, beside what cannot be saved: decoding files that are in memory
/// already, and reading them. Wall and processor time, since other work on the machine lengthens the first.
/// </summary>
internal static class PackSpeed
{
    private const int Rounds = 3;

    /// <summary>Prints a line for each part and for each round of the whole.</summary>
    public static void Print(string folder, ImageSize size, int threads)
    {
        var options = new PackOptions { Size = size, Threads = threads };
        string[] paths = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)];
        var files = new byte[paths.Length][];
        var work = new ParallelOptions { MaxDegreeOfParallelism = threads };
        // The first read brings the files into the page cache and compiles what reads and decodes.
        Parallel.For(0, files.Length, work, i => files[i] = File.ReadAllBytes(paths[i]));
        Time("decode, in memory", files.Length, () => Parallel.For(0, files.Length, work,
            i => ImageReader.Decode(files[i])));
        var fitter = new ImageFitter(size, ResizeFit.CentreCrop, ResizeFilter.Area);
        Time("decode and resize", files.Length, () => Parallel.For(0, files.Length, work, i =>
        {
            var image = ImageReader.Decode(files[i]);
            fitter.Fill(image, new byte[size.Width * size.Height * image.Channels]);
        }));
        Time("read", files.Length, () => Parallel.For(0, files.Length, work,
            i => files[i] = File.ReadAllBytes(paths[i])));
        files = [];
        GC.Collect();
        for (var round = 0; round < Rounds; round++) Whole(folder, options, paths.Length);
    }

    private static void Whole(string folder, PackOptions options, int count)
    {
        var target = Path.Combine(Path.GetTempPath(), "atelier-bench-" + Path.GetRandomFileName());
        try
        {
            Time("pack", count, () =>
            {
                using var source = DatasetOpener.OpenSource(folder);
                DatasetPacker.Pack(source, target, options);
            });
            using var stream = File.OpenRead(target);
            Console.WriteLine($"  SHA-256 {Convert.ToHexStringLower(SHA256.HashData(stream))}");
        }
        finally
        {
            File.Delete(target);
        }
    }

    private static void Time(string what, int images, Action action)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        action();
        var wall = watch.Elapsed.TotalSeconds;
        var busy = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-20} {images / wall,8:0} images/s  {wall,6:0.00} s  {busy,6:0.00} s of processor"));
    }
}
