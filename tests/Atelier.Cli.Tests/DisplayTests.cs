using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Training.Progress;
using Spectre.Console;

namespace Atelier.Cli.Tests;

public sealed class DisplayTests
{
    private static readonly TickStats First = new()
    {
        Step = 250,
        TotalSteps = 1000,
        Images = 8000,
        Time = DateTimeOffset.UnixEpoch,
        ElapsedSeconds = 1241,
        EtaSeconds = 3723,
        ImagesPerSecond = 191.25,
        LossDiscriminator = 1.25,
        LossGenerator = -0.5,
        DReal = 0.75,
        DFake = -1.5,
        LearningRateGenerator = 5e-5,
        LearningRateDiscriminator = 2e-4,
        Memory = new MemorySample(512L << 20, 700L << 20, 20L << 20),
    };

    [Fact]
    public void Line_OfATick_HoldsEveryNumberWithItsName() => Assert.Equal(
        "step 250/1000 (25 %)  191.3 img/s  left 1:02:03  "
        + "loss D 1.250 G -0.500  D(real) +0.75 D(fake) -1.50  512 MiB",
        TickText.Line(First));

    [Fact]
    public void Curve_WithANumberThatIsNotFinite_LeavesABlank() =>
        Assert.Equal("▁ █", TickText.Curve([0, double.NaN, 2]));

    [Fact]
    public void Lines_InAPipe_ComeOncePerHalfMinuteAndAtTheEnd()
    {
        using var results = new StringWriter();
        using var log = new StringWriter();
        var clock = new ManualClock();
        var display =
            new LineTrainingDisplay(new TextOutput(results, log, TerminalTraits.Plain, json: false), clock);

        display.Run(() =>
        {
            for (var second = 0; second < 65; second++)
            {
                display.Tick(First with { Step = second });
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            return 0;
        });

        var steps = log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('/')[0]);
        Assert.Equal(["step 0", "step 30", "step 60", "step 64"], steps);
        Assert.Empty(results.ToString());
    }

    [Fact]
    public void Note_WithBrackets_IsShownAsItIs()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
            { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out =
                new AnsiConsoleOutput(text) });
        var display = new LiveTrainingDisplay(console);

        display.Run(() =>
        {
            display.Tick(First);
            display.Note("class [bold]boot[/] done");
            return 0;
        });

        Assert.Contains("class [bold]boot[/] done", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("step 250/1000", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "xterm", null, true, true)]
    [InlineData(true, "xterm", "1", true, false)]
    [InlineData(true, "dumb", null, false, false)]
    [InlineData(false, "xterm", null, false, false)]
    public void Terminal_FromItsEnvironment_ShowsWhatItCan(
        bool isTerminal, string term, string? noColour, bool interactive, bool colour)
    {
        var traits = TerminalTraits.Of(name =>
            name switch { "TERM" => term, "NO_COLOR" => noColour, _ => null }, isTerminal);

        Assert.Equal(new TerminalTraits(interactive, colour), traits);
    }

    private sealed class ManualClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan time) => ticks += time.Ticks;
    }
}
