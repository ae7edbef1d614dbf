using Atelier.Cli.Output;
using Atelier.Training.Progress;
using Spectre.Console;
using Words = Spectre.Console.Text;

namespace Atelier.Cli.Progress;

/// <summary>
/// For a person at a terminal: a bar, the losses with their curves, and notes that scroll away above.
/// </summary>
internal sealed class LiveTrainingDisplay : ITrainingDisplay
{
    private const int CurveLength = 40;
    private const int BarWidth = 40;

    private readonly IAnsiConsole console;
    private readonly Queue<double> discriminatorLosses = new();
    private readonly Queue<double> generatorLosses = new();
    private LiveDisplayContext? live;

    /// <summary>Creates the display.</summary>
    /// <param name="console">The terminal on stderr.</param>
    public LiveTrainingDisplay(IAnsiConsole console) => this.console = console;

    /// <inheritdoc/>
    public T Run<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return console.Live(new Words("starting")).AutoClear(false).Start(context =>
        {
            live = context;
            try
            {
                return work();
            }
            finally
            {
                live = null;
            }
        });
    }

    /// <inheritdoc/>
    public void Tick(TickStats tick)
    {
        ArgumentNullException.ThrowIfNull(tick);
        Remember(discriminatorLosses, tick.LossDiscriminator);
        Remember(generatorLosses, tick.LossGenerator);
        live?.UpdateTarget(Draw(tick));
    }

    /// <inheritdoc/>
    public void Note(string line) => console.WriteLine(Printable.Text(line));

    private static void Remember(Queue<double> losses, double value)
    {
        losses.Enqueue(value);
        while (losses.Count > CurveLength) losses.Dequeue();
    }

    // Text, not markup: class and file names may hold '['.
    private Rows Draw(TickStats tick)
    {
        var speed = FormattableString.Invariant($"{tick.ImagesPerSecond:0.0} img/s");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        grid.AddRow(Bar(tick),
            new Words($"step {tick.Step}/{tick.TotalSteps}, {TickText.Remaining(tick.EtaSeconds)} left"));
        grid.AddRow(new Words(TickText.Losses(tick)),
            new Words($"{speed}, {TickText.Memory(tick.Memory.Resident)}"));
        grid.AddRow(new Words("D " + TickText.Curve(discriminatorLosses)), new Words(TickText.Logits(tick)));
        grid.AddRow(new Words("G " + TickText.Curve(generatorLosses)), new Words("Ctrl+C saves and stops"));
        return new Rows(new Rule { Style = Style.Plain }, grid);
    }

    private static Words Bar(TickStats tick)
    {
        var filled = BarWidth * TickText.Percent(tick) / 100;
        var bar = new string('━', filled) + new string('╌', BarWidth - filled);
        return new Words($"{bar} {TickText.Percent(tick),3} %");
    }
}
