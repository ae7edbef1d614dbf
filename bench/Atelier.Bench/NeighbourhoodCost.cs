using System.Diagnostics;
using System.Globalization;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Bench;

/// <summary>
/// Time and memory of precision, recall, density and coverage beside their floor: the float32 products of the
/// blocks that any such computation needs, half of each set with itself and the whole of one with the other,
/// and nothing else. Bare products are timed in between, so that both see the same machine.
/// </summary>
internal static class NeighbourhoodCost
{
    private const int Rows = 2048;
    private const int Neighbours = 5;

    /// <summary>Made-up features: Gaussian, with about forty directions that count, the generated ones moved
    /// a little.</summary>
    /// <param name="count">Samples a side, at least a block of 2048.</param>
    /// <param name="dimension">D.</param>
    /// <param name="every">A bare product after so many blocks.</param>
    public static void Print(long count, long dimension, int every)
    {
        TorchRuntime.EnsureLoaded();
        using var scope = new TensorScope();
        using var noGrad = new NoGradScope();
        using var random = new Generator(Device.Cpu, 1);
        var mixing = Tensor.Randn([dimension, dimension], random) / Math.Sqrt(dimension);
        var real = Features(count, mixing, 0, random);
        var fake = Features(count, mixing, 0.003, random);
        var before = PeakMegabytes();
        var target = Tensor.Empty([Rows, Rows]);
        var bare = new List<TimeSpan>();
        var watch = Stopwatch.StartNew();
        var scores = ManifoldOverlap.Compute(real, fake, Neighbours, (done, total) =>
        {
            if (done % every != 0) return;
            bare.Add(Product(real, fake, target));
            Console.Error.WriteLine($"block {done} of {total}, peak RSS {PeakMegabytes()} MB");
        });
        var time = watch.Elapsed - new TimeSpan(bare.Sum(static t => t.Ticks));
        var peak = PeakMegabytes();

        // Of whole blocks: those at the edges are smaller.
        var blocks = (double)count / Rows;
        var edge = (count % Rows) / (double)Rows;
        var products = (2 * blocks * blocks) + Math.Floor(blocks) + (edge * edge);
        var floor = new TimeSpan((long)(bare.Average(static t => t.Ticks) * products));
        var one = floor.TotalSeconds / products;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} against {count} in {dimension} dimensions, k {Neighbours}: {time.TotalSeconds:F1} s, " +
            $"floor {floor.TotalSeconds:F1} s ({products:F1} products of {one:F3} s, {bare.Count} timed), " +
            $"ratio {time / floor:F2}; peak RSS {peak} MB, of it {before} MB before (features " +
            $"{2 * count * dimension * 4 / 1_000_000} MB); precision {scores.Precision:F4}, recall " +
            $"{scores.Recall:F4}, density {scores.Density:F4}, coverage {scores.Coverage:F4}"));
    }

    /// <summary>Few directions with much variance and many with little, [N, D].</summary>
    private static Tensor Features(long count, Tensor mixing, double shift, Generator random)
    {
        using var scope = new TensorScope();
        var dimension = mixing.Size(0);
        var features = Tensor.Empty([count, dimension]);
        var scale = (Aten.Arange(0, dimension, 1, DType.Float32) + 1.0).Pow(-0.5);
        // In place: the peak that is reported is to be the computation's.
        var room = Tensor.Empty([Rows, dimension]);
        for (var start = 0L; start < count; start += Rows)
        {
            using var block = new TensorScope();
            var noise = room.Narrow(0, 0, Math.Min(Rows, count - start));
            noise.NormalInPlace(0, 1, random);
            noise.MulInPlace(scale);
            var rows = features.Narrow(0, start, noise.Size(0));
            rows.AddmmInPlace(noise, mixing, beta: 0.0, alpha: 1.0);
            rows.AddInPlace(0.4 + shift);
        }

        return scope.Keep(features);
    }

    private static TimeSpan Product(Tensor first, Tensor second, Tensor target)
    {
        using var scope = new TensorScope();
        var (left, right) = (first.Narrow(0, 0, Rows), second.Narrow(0, 0, Rows));
        var started = TimeProvider.System.GetTimestamp();
        target.AddmmInPlace(left, right.T(), beta: 0.0, alpha: 1.0);
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static long PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1_000_000;
    }
}
