using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Doctor;
using Atelier.Cli.Help;
using Atelier.Cli.Output;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier doctor</c>: looks at the machine and says how to mend what is wrong.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private const int NameColumn = 16;

    /// <summary>Creates the command.</summary>
    public DoctorCommand(CliServices services)
        : base("doctor", "looks at this machine and says what is missing and how to mend it", services) =>
            AddCommonOptions();

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("doctor", "everything that Atelier needs, one line each"),
        new("doctor --json", "the same for a script; the exit code is 1 if something is broken"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        var report = Examination.Run(Examination.OfThisMachine(Services.Home));
        foreach (var check in report.Checks) Show(check);
        Services.Output.Result(report.Ok ? "All that Atelier needs is here."
            : "Something is broken: see the lines marked fail.");
        Services.Output.Document(report, OutputJson.Default.DoctorReport);
        return report.Ok ? ExitCode.Ok : ExitCode.Other;
    }

    private void Show(CheckResult check)
    {
        var word = check.Status switch { CheckStatus.Ok => "ok  ", CheckStatus.Warn => "warn", _ => "fail" };
        Services.Output.Result($"{word}  {check.Name.PadRight(NameColumn)}{check.Finding}");
        var indent = new string(' ', NameColumn + 6);
        foreach (var detail in check.Details ?? []) Services.Output.Result(indent + detail);
        if (check.Mend is not null) Services.Output.Result(indent + check.Mend);
    }
}
