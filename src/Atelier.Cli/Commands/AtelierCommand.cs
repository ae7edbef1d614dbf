using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using HelpAction = Atelier.Cli.Help.HelpAction;

namespace Atelier.Cli.Commands;

/// <summary>The command line's root: one line a command.</summary>
internal sealed class AtelierCommand : RootCommand, IWithExamples
{
    /// <summary>Creates the whole tree.</summary>
    public AtelierCommand(CliServices services)
        : base("trains, samples and scores generative adversarial networks on your images")
    {
        Subcommands.Add(new DemoCommand(services));
        Subcommands.Add(new TrainCommand(services));
        Subcommands.Add(new SampleCommand(services));
        Subcommands.Add(new EvalCommand(services));
        Subcommands.Add(new CurveCommand(services));
        Subcommands.Add(new InterpolateCommand(services));
        Subcommands.Add(new NeighboursCommand(services));
        Subcommands.Add(new ClassesCommand(services));
        Subcommands.Add(new LeakCommand(services));
        Subcommands.Add(new AblateCommand(services));
        Subcommands.Add(new ScoreCommand(services));
        Subcommands.Add(new ImportCommand(services));
        Subcommands.Add(new BackboneCommand(services));
        Subcommands.Add(new DataCommand(services));
        Subcommands.Add(new RecipesCommand(services));
        Subcommands.Add(new BenchCommand(services));
        Subcommands.Add(new DoctorCommand(services));
        Subcommands.Add(new CompletionCommand(services));
        Subcommands.Add(new CompleteCommand(this, services));

        Options.Clear();
        Options.Add(new VersionOption("--version")
        {
            Description = "Show the version",
            Action = new VersionAction(),
        });
        Options.Add(new HelpOption("--help", "-h")
        {
            Description = "Show this help",
            Action = new HelpAction(),
        });
        SetAction(parse => new HelpAction().Invoke(parse));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Example> Examples { get; } =
    [
        new("demo", "see it work: train on real pictures for three minutes"),
        new("data pack photos -o photos.atelier --size 32", "your own images, a folder for each class"),
        new("sample fashion32 -o grid.png", "pictures from a model that ships with it"),
    ];

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"atelier {ProductVersion.Text}");
            return 0;
        }
    }
}
