using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Data;

namespace Atelier.Cli.Progress;

/// <summary>
/// Shows packing, or another walk through a dataset, on stderr: a bar at a terminal; in a pipe nothing for
/// what takes a moment, then a line every 30 seconds. Each with the rate of the last seconds and the time
/// that is left at it.
/// </summary>
internal sealed class PackView(IOutput output, TimeProvider clock, string verb = "packing")
    : IProgress<PackProgress>, IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstLine = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RateOver = TimeSpan.FromSeconds(10);

    private readonly Queue<(long Time, int Done)> recent = new();
    private readonly long start = clock.GetTimestamp();
    private long? shownAt;
    private string? phase;
    private bool lineOpen;

    /// <summary>Creates the view for a command.</summary>
    /// <param name="services">Where to show it, and the clock.</param>
    /// <param name="verb">What is done, in a pipe's lines.</param>
    public PackView(CliServices services, string verb = "packing")
        : this(services.Output, services.Clock, verb)
    {
    }

    private bool Interactive => output is { Quiet: false, Terminal.Interactive: true };

    /// <inheritdoc/>
    public void Report(PackProgress value)
    {
        var now = clock.GetTimestamp();
        if (value.Phase != phase)
        {
            Dispose();
            phase = value.Phase;
            recent.Clear();
            // What an earlier call had done comes at once and must not count as speed, so the phase begins
            // here.
            recent.Enqueue((now, value.Done));
        }

        recent.Enqueue((now, value.Done));
        while (recent.Count > 2 && clock.GetElapsedTime(recent.Peek().Time, now) > RateOver) recent.Dequeue();
        var isLast = value.Done >= value.Total;
        if (Interactive) Draw(value, now, isLast);
        else Write(value, now, isLast);
    }

    /// <summary>Ends the bar's line, so that what is written next has its own.</summary>
    public void Dispose()
    {
        if (lineOpen) output.Log.WriteLine();
        lineOpen = false;
    }

    private void Draw(PackProgress value, long now, bool isLast)
    {
        if (!isLast && lineOpen && clock.GetElapsedTime(shownAt!.Value, now) < Redraw) return;
        shownAt = now;
        var filled = (int)((long)BarWidth * value.Done / Math.Max(1, value.Total));
        var bar = new string('━', filled) + new string('╌', BarWidth - filled);
        output.Log.Write($"\r{bar} {Text(value)}\e[K");
        output.Log.Flush();
        lineOpen = true;
        if (isLast) Dispose();
    }

    private void Write(PackProgress value, long now, bool isLast)
    {
        var due = shownAt is { } shown ? clock.GetElapsedTime(shown, now) >= Spacing
            : clock.GetElapsedTime(start, now) >= FirstLine;
        if (!due && !(isLast && shownAt is not null)) return;
        shownAt = now;
        output.Progress($"{verb}, {Text(value)}");
    }

    private string Text(PackProgress value)
    {
        var (since, before) = recent.Peek();
        var (until, _) = recent.Last();
        var seconds = clock.GetElapsedTime(since, until).TotalSeconds;
        var rate = seconds > 0 ? (value.Done - before) / seconds : 0;
        var percent = 100L * value.Done / Math.Max(1, value.Total);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{value.Phase}: {value.Done} of {value.Total} ({percent} %)");
        if (rate <= 0) return text;
        var left = TickText.Remaining((value.Total - value.Done) / rate);
        return text + string.Create(CultureInfo.InvariantCulture, $", {rate:0}/s")
            + (value.Done < value.Total ? $", {left} left" : "");
    }
}
