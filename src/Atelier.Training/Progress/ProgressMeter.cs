namespace Atelier.Training.Progress;

/// <summary>
/// Throughput and time to the end. Step time is a mean over recent steps without pauses; what remains is the
/// remaining
/// steps at that pace plus the pauses still to come at their mean length. Not thread-safe.
/// </summary>
public sealed class ProgressMeter
{
    private const int Window = 200;

    private readonly TimeProvider clock;
    private readonly long totalSteps;
    private readonly long imagesPerStep;
    private readonly long started;
    private readonly Queue<TimeSpan> recent = new();
    private readonly Dictionary<TrainingPhase, PauseRecord> pauses = [];
    private TimeSpan recentSum;
    private TimeSpan sinceTick;
    private long stepsSinceTick;
    private long timedSteps;
    private long lastStepEnd;
    private TimeSpan pausedInStep;

    /// <summary>Starts the clock.</summary>
    /// <param name="startStep">Steps already done.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    /// <param name="imagesPerStep">Real images a step.</param>
    /// <param name="clock">The clock; the system's when null.</param>
    public ProgressMeter(long startStep, long totalSteps, long imagesPerStep, TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        this.totalSteps = totalSteps;
        this.imagesPerStep = imagesPerStep;
        Step = startStep;
        started = lastStepEnd = this.clock.GetTimestamp();
    }

    /// <summary>Steps finished.</summary>
    public long Step { get; private set; }

    /// <summary>Time since the start, pauses included.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(started);

    /// <summary>Time to the end of the run; null until two steps were timed.</summary>
    public TimeSpan? Eta
    {
        get
        {
            if (recent.Count == 0)
                return null;
            var left = recentSum / recent.Count * (totalSteps - Step);
            foreach (var pause in pauses.Values)
                left += pause.Remaining(Step, totalSteps);
            return left;
        }
    }

    /// <summary>
    /// Says that a pause comes every so many steps, so that it counts in <see cref="Eta"/>.
    /// </summary>
    public void Expect(TrainingPhase phase, long everySteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everySteps, 1);
        RecordOf(phase).EverySteps = everySteps;
    }

    /// <summary>Marks the end of a step.</summary>
    public void StepDone()
    {
        var now = clock.GetTimestamp();
        var spent = clock.GetElapsedTime(lastStepEnd, now) - pausedInStep;
        lastStepEnd = now;
        pausedInStep = TimeSpan.Zero;
        Step++;
        stepsSinceTick++;
        sinceTick += spent;

        // The first step compiles code and fills allocators: it says nothing about the others.
        if (timedSteps++ == 0)
            return;
        recent.Enqueue(spent);
        recentSum += spent;
        if (recent.Count > Window)
            recentSum -= recent.Dequeue();
    }

    /// <summary>The run goes on after an earlier step; what was measured stays.</summary>
    public void GoBack(long step) => Step = step;

    /// <summary>Times something that is no step; dispose the result at its end.</summary>
    public IDisposable Pause(TrainingPhase phase) => new RunningPause(this, phase);

    /// <summary>Images a second since the last call, pauses excluded; 0 when there was no step.</summary>
    public double TakeImagesPerSecond()
    {
        var rate = sinceTick > TimeSpan.Zero ? stepsSinceTick * imagesPerStep / sinceTick.TotalSeconds : 0.0;
        sinceTick = TimeSpan.Zero;
        stepsSinceTick = 0;
        return rate;
    }

    private PauseRecord RecordOf(TrainingPhase phase)
    {
        if (!pauses.TryGetValue(phase, out var record))
            pauses[phase] = record = new PauseRecord();
        return record;
    }

    private sealed class PauseRecord
    {
        private TimeSpan sum;
        private long count;

        public long EverySteps { get; set; }

        public void Add(TimeSpan length)
        {
            sum += length;
            count++;
        }

        public TimeSpan Remaining(long step, long total) => count == 0 || EverySteps == 0
            ? TimeSpan.Zero
            : sum / count * Math.Max(0, total / EverySteps - step / EverySteps);
    }

    private sealed class RunningPause(ProgressMeter meter, TrainingPhase phase) : IDisposable
    {
        private readonly long began = meter.clock.GetTimestamp();
        private bool ended;

        public void Dispose()
        {
            if (ended)
                return;
            ended = true;
            var length = meter.clock.GetElapsedTime(began);
            meter.pausedInStep += length;
            meter.RecordOf(phase).Add(length);
        }
    }
}
