using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Benchmarks;

/// <summary>
/// Measures the phases of steps on the thread that takes them. Time in a phase inside another one counts for
/// the inner one alone; time outside of all is <see cref="StepPhase.Other"/>.
/// </summary>
public sealed class PhaseClock : IStepClock
{
    /// <summary>The category of its events.</summary>
    public const string Category = "phase";

    private readonly TimeProvider time;
    private readonly Action? settle;
    private readonly Action leave;
    private readonly long[] ticks = new long[Enum.GetValues<StepPhase>().Length];
    private readonly Stack<(StepPhase Phase, long Start)> open = new();
    private long last;

    /// <summary>Creates a clock.</summary>
    /// <param name="time">Null for the machine's monotonic clock.</param>
    /// <param name="settle">Waits for the work that was handed to a device; called before every look at the
    /// clock, so that work counts for the phase that asked for it. Null where work is done when a call
    /// returns.</param>
    public PhaseClock(TimeProvider? time = null, Action? settle = null)
    {
        this.time = time ?? TimeProvider.System;
        this.settle = settle;
        leave = Leave;
    }

    /// <summary>Takes every phase that ends, where somebody wants them; the thread is left 0.</summary>
    public ICollection<TraceEvent>? Events { get; set; }

    /// <summary>A step begins: what was measured before is forgotten.</summary>
    public void Begin()
    {
        Array.Clear(ticks);
        open.Clear();
        settle?.Invoke();
        last = time.GetTimestamp();
    }

    /// <inheritdoc/>
    public StepPhaseScope Enter(StepPhase phase)
    {
        Charge();
        open.Push((phase, last));
        return new StepPhaseScope(leave);
    }

    /// <summary>The step is over.</summary>
    public PhaseSeconds End()
    {
        Charge();
        return new PhaseSeconds(
            Seconds(StepPhase.Data), Seconds(StepPhase.GeneratorForward),
            Seconds(StepPhase.DiscriminatorForward), Seconds(StepPhase.DiscriminatorBackward),
            Seconds(StepPhase.Generator), Seconds(StepPhase.Optimizer), Seconds(StepPhase.Average),
            Seconds(StepPhase.Other));
    }

    private void Leave()
    {
        Charge();
        var (phase, start) = open.Pop();
        Events?.Add(new TraceEvent(
            phase.ToString(), Category, Nanoseconds(start), Nanoseconds(last - start), 0));
    }

    /// <summary>The time since the last change goes to the innermost phase.</summary>
    private void Charge()
    {
        settle?.Invoke();
        var now = time.GetTimestamp();
        ticks[(int)(open.Count > 0 ? open.Peek().Phase : StepPhase.Other)] += now - last;
        last = now;
    }

    private double Seconds(StepPhase phase) => ticks[(int)phase] / (double)time.TimestampFrequency;

    private long Nanoseconds(long stamps) =>
        time.TimestampFrequency == 1_000_000_000
            ? stamps
            : (long)(stamps * (1e9 / time.TimestampFrequency));
}
