using Atelier.Torch;

namespace Atelier.Bench;

/// <summary>
/// What one operator call costs from C#: a 4x4 float32 addition, whose arithmetic is nothing, with its result
/// owned by a scope that is opened again every thousand calls, as a training step does. Processor time, so
/// that other work on the machine counts little. bench/call_overhead.py is its twin.
/// </summary>
internal static class CallOverhead
{
    private const int Calls = 200_000;
    private const int CallsPerScope = 1000;
    private const int WarmUpRounds = 3;
    private const int Rounds = 7;

    /// <summary>The median over the rounds, in microseconds a call.</summary>
    public static double MedianMicroseconds()
    {
        using var outer = new TensorScope();
        var left = Tensor.Ones([4, 4]);
        var right = Tensor.Full([4, 4], 2);
        for (var k = 0; k < WarmUpRounds; k++) Round(left, right);
        var times = Enumerable.Range(0, Rounds).Select(_ => Round(left, right)).Order().ToArray();
        return times[Rounds / 2];
    }

    private static double Round(Tensor left, Tensor right)
    {
        var start = Environment.CpuUsage.TotalTime;
        for (var k = 0; k < Calls / CallsPerScope; k++) Batch(left, right);
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / Calls;
    }

    private static void Batch(Tensor left, Tensor right)
    {
        using var scope = new TensorScope();
        for (var k = 0; k < CallsPerScope; k++) _ = left + right;
    }
}
