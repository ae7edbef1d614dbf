using Atelier.Torch;

namespace Atelier.Training.Benchmarks;

/// <summary>
/// What one operator call costs: a 4x4 float32 addition, whose arithmetic is nothing, from C# and from loops
/// of plain C++ on the same libtorch, in turns. From C# the result is owned by a scope that is opened again
/// every thousand calls, as a training step does; in C++ it is dropped at once. Processor time, so that other
/// work on the machine counts little.
/// </summary>
public static class CallBenchmark
{
    private const int CallsPerScope = 1000;
    private const int WarmUpRounds = 3;

    /// <summary>Measures.</summary>
    /// <param name="calls">Calls of one round; rounded up to thousands.</param>
    /// <param name="rounds">Timed rounds of each kind, of which the median counts.</param>
    /// <param name="cancel">Stops between rounds.</param>
    public static CallBenchmarkResult Run(int calls, int rounds, CancellationToken cancel = default)
    {
        using var outer = new TensorScope();
        var left = Tensor.Ones([4, 4]);
        var right = Tensor.Full([4, 4], 2);
        var scopes = (calls + CallsPerScope - 1) / CallsPerScope;
        Action[] kinds =
        [
            () => Managed(left, right, scopes),
            () => NativeCalls.Add(left, right, scopes * CallsPerScope, boxed: false),
            () => NativeCalls.Add(left, right, scopes * CallsPerScope, boxed: true),
        ];
        var times = kinds.Select(static _ => new List<double>()).ToArray();
        for (var round = 0; round < WarmUpRounds + rounds; round++)
            for (var k = 0; k < kinds.Length; k++)
            {
                cancel.ThrowIfCancellationRequested();
                var seconds = ProcessorSeconds(kinds[k]);
                if (round >= WarmUpRounds) times[k].Add(seconds * 1e9 / (scopes * CallsPerScope));
            }

        var (managed, unboxed, boxed) = (Median.Of(times[0]), Median.Of(times[1]), Median.Of(times[2]));
        return new CallBenchmarkResult(
            scopes * CallsPerScope, rounds, managed, unboxed, boxed, managed / unboxed, managed / boxed);
    }

    private static double ProcessorSeconds(Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static void Managed(Tensor left, Tensor right, int scopes)
    {
        for (var k = 0; k < scopes; k++) Batch(left, right);
    }

    private static void Batch(Tensor left, Tensor right)
    {
        using var scope = new TensorScope();
        for (var k = 0; k < CallsPerScope; k++) _ = left + right;
    }
}
