using Atelier.Cli.Output;
using Atelier.Training.Progress;

namespace Atelier.Cli.Progress;

/// <summary>For a pipe or a log file: the first tick, then a line every 30 seconds, then the last.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="clock">The clock that spaces them.</param>
internal sealed class LineTrainingDisplay(IOutput output, TimeProvider clock) : ITrainingDisplay
{
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(30);

    private long? shownAt;
    private TickStats? held;

    /// <inheritdoc/>
    public T Run<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return work();
        }
        finally
        {
            if (held is not null) Show(held);
        }
    }

    /// <inheritdoc/>
    public void Tick(TickStats tick)
    {
        held = tick;
        if (shownAt is null || clock.GetElapsedTime(shownAt.Value) >= Spacing) Show(tick);
    }

    /// <inheritdoc/>
    public void Note(string line) => output.Progress(line);

    private void Show(TickStats tick)
    {
        output.Progress(TickText.Line(tick));
        shownAt = clock.GetTimestamp();
        held = null;
    }
}
