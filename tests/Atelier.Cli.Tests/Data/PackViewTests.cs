using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;

namespace Atelier.Cli.Tests.Data;

public sealed class PackViewTests : IDisposable
{
    private readonly StringWriter results = new();
    private readonly StringWriter log = new();
    private readonly ManualClock clock = new();

    public void Dispose()
    {
        results.Dispose();
        log.Dispose();
    }

    [Fact]
    public void Report_InAPipe_WritesALineNowAndThenWithRateAndTimeLeft()
    {
        using var view = View(interactive: false);

        Report(view, 0, 100);
        Report(view, 2, 300);
        Report(view, 4, 500);
        Report(view, 8, 900);
        Report(view, 34, 2000);
        Report(view, 60, 10_000);

        Assert.Equal(
            """
            packing, images: 500 of 10000 (5 %), 100/s, 1:35 left
            packing, images: 2000 of 10000 (20 %), 42/s, 3:09 left
            packing, images: 10000 of 10000 (100 %), 308/s

            """.ReplaceLineEndings("\n"), log.ToString());
        Assert.Empty(results.ToString());
    }

    [Fact]
    public void Report_WorkOfAMoment_WritesNothingInAPipe()
    {
        using var view = View(interactive: false);

        Report(view, 0, 100);
        Report(view, 1, 10_000);

        Assert.Empty(log.ToString());
    }

    [Fact]
    public void Report_AtATerminal_DrawsOverOneLineAndEndsIt()
    {
        using var view = View(interactive: true);

        Report(view, 0, 2500);
        Report(view, 0.05, 3000);
        Report(view, 2, 5000);
        view.Report(new PackProgress("verify", 1, 2));

        var text = log.ToString();
        Assert.Equal(3, text.Count(letter => letter == '\r'));
        Assert.Contains("\r━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌ images: 5000 of 10000 (50 %), 1250/s, ", text,
            StringComparison.Ordinal);
        Assert.Contains("left\e[K\n\r", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_AfterAResume_CountsOnlyWhatWasDoneNow()
    {
        using var view = View(interactive: false);

        Report(view, 0, 9000);
        Report(view, 4, 9400);

        Assert.Contains("9400 of 10000 (94 %), 100/s", log.ToString(), StringComparison.Ordinal);
    }

    private PackView View(bool interactive) => new(
        new TextOutput(results, log, new TerminalTraits(interactive, Colour: false), json: false), clock);

    private void Report(PackView view, double second, int done)
    {
        clock.Second = second;
        view.Report(new PackProgress("images", done, 10_000));
    }

    private sealed class ManualClock : TimeProvider
    {
        public double Second { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(1000 * Second);
    }
}
