using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Benchmarks;

/// <summary>Records one training step: its phases, and every operator inside them.</summary>
internal static class StepTrace
{
    private const string StepName = "Step";

    /// <summary>Takes a step and writes what ran.</summary>
    /// <exception cref="AtelierException">The file cannot be written (Disk).</exception>
    public static void Write(string path, string name, TrainStep step, PhaseClock clock)
    {
        var phases = new List<TraceEvent>();
        using var profiler = new OperatorProfiler();
        clock.Events = phases;
        var start = TimeProvider.System.GetTimestamp();
        StepBenchmark.Take(step, clock);
        var length = TimeProvider.System.GetTimestamp() - start;
        clock.Events = null;
        var operators = profiler.Stop();
        ChromeTrace.Write(path, $"atelier, a training step of {name}",
        [
            new TraceEvent(StepName, PhaseClock.Category, start, length, profiler.Thread),
            .. phases.Select(phase => phase with { Thread = profiler.Thread }),
            .. operators,
        ]);
    }
}
