using Atelier.Cli.Application;
using Spectre.Console;

namespace Atelier.Cli.Progress;

/// <summary>Chooses the display that suits stderr.</summary>
internal static class TrainingDisplays
{
    /// <summary>A live display for a person, lines for everything else.</summary>
    public static ITrainingDisplay For(CliServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Output is { Quiet: false, Terminal.Interactive: true }
            ? Live(services)
            : new LineTrainingDisplay(services.Output, services.Clock);
    }

    private static LiveTrainingDisplay Live(CliServices services) =>
        new(AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        ColorSystem = services.Output.Terminal.Colour ? ColorSystemSupport.Standard
            : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(services.Output.Log),
    }));
}
