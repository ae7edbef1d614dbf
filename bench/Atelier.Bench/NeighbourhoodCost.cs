using System.Diagnostics;
using System.Globalization;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Bench;

/// <summary>
/// Time and memory of precision, recall, density and coverage beside their floor: the products of the blocks
/// that any such computation needs, half of each set with itself and the whole of one with the other, and
/// nothing else.
/// </summary>
internal static class NeighbourhoodCost
{
    private const int Rows = 2048;
    private const int Neighbours = 5;

    /// <summary>Made-up features: Gaussian, correlated as a backbone's are, the generated ones moved a
    /// little.</summary>
    public static void Print(long count, long dimension)
    {
        TorchRuntime.EnsureLoaded();
        using var scope = new TensorScope();
        using var noGrad = new NoGradScope();
        using var random = new Generator(Device.Cpu, 1);
        var real = Features(count, dimension, 0, random);
        var fake = Features(count, dimension, 0.05, random);
        var before = PeakMegabytes();
        var watch = Stopwatch.StartNew();
        var scores = ManifoldOverlap.Compute(real, fake, Neighbours);
        var time = watch.Elapsed;
        var peak = PeakMegabytes();
        watch.Restart();
        var products = Products(real, real, half: true) + Products(fake, fake, half: true)
            + Products(real, fake, half: false);
        var floor = watch.Elapsed;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} against {count} in {dimension} dimensions, k {Neighbours}: {time.TotalSeconds:F1} s, " +
            $"floor {floor.TotalSeconds:F1} s ({products} products), ratio {time / floor:F2}; peak RSS " +
            $"{peak} MB, of it {before} MB before (features {2 * count * dimension * 4 / 1_000_000} MB); " +
            $"precision {scores.Precision:F4}, recall {scores.Recall:F4}, density {scores.Density:F4}, " +
            $"coverage {scores.Coverage:F4}"));
    }

    /// <summary>Few directions with much variance and many with little, [N, D].</summary>
    private static Tensor Features(long count, long dimension, double shift, Generator random)
    {
        using var scope = new TensorScope();
        var features = Tensor.Empty([count, dimension]);
        var scale = (Aten.Arange(0, dimension, 1, DType.Float32) + 1.0).Pow(-0.5);
        var mixing = Tensor.Randn([dimension, dimension], random) / Math.Sqrt(dimension);
        for (var start = 0L; start < count; start += Rows)
        {
            using var block = new TensorScope();
            var some = Math.Min(Rows, count - start);
            features.Narrow(0, start, some).CopyInPlace(
                (Tensor.Randn([some, dimension], random) * scale).Mm(mixing) + (0.4 + shift));
        }

        return scope.Keep(features);
    }

    private static int Products(Tensor first, Tensor second, bool half)
    {
        var done = 0;
        for (var row = 0L; row < first.Size(0); row += Rows)
            for (var column = half ? row : 0; column < second.Size(0); column += Rows)
            {
                using var scope = new TensorScope();
                var left = first.Narrow(0, row, Math.Min(Rows, first.Size(0) - row));
                var right = second.Narrow(0, column, Math.Min(Rows, second.Size(0) - column));
                left.Mm(right.T());
                done++;
            }

        return done;
    }

    private static long PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1_000_000;
    }
}
