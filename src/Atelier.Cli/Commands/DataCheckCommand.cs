using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Data;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data check</c>: reads all of a dataset and tells what is wrong.</summary>
internal sealed class DataCheckCommand : CliCommand
{
    private readonly Argument<string> target = DataArguments.Target();

    private readonly Option<long?> distance = Opt.Whole(
        "--distance", "BITS", "Bits of 64 in which hashes of images that look alike differ (default: 6)",
        0, DatasetCheck.MostBits);

    private readonly Option<bool> exactOnly = Opt.Switch(
        "--exact-only", "Look for equal images only, not for those that look alike");

    private readonly Option<bool> strict = Opt.Switch("--strict", "Warnings count as bad");
    private readonly Option<string?> onGrey = DataArguments.OnGrey();
    private readonly Option<string?> onAlpha = DataArguments.OnAlpha();

    /// <summary>Creates the command.</summary>
    public DataCheckCommand(CliServices services)
        : base("check", "reads all of a dataset: damage, bad images, duplicates, leaks", services)
    {
        Arguments.Add(target);
        foreach (var option in new Option[] { distance, exactOnly, strict, onGrey, onAlpha })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("data check photos", "before packing: every file that cannot be used, and why"),
        new("data check fashion.atl", "are test images in the training set?"),
        new("data check fashion.atl --strict --json", "for a script; exit code 4 when something is bad"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        if (parse.GetValue(exactOnly) && parse.GetValue(distance) is not null)
            throw Refuse("--distance is for images that look alike, and --exact-only leaves them out: "
                + "give one of the two.");
        var standard = new CheckOptions();
        return new DataCheckWork(Services).Run(
            parse.GetRequiredValue(target), new CheckOptions
            {
                Policy = DataArguments.Policy(parse.GetValue(onGrey), parse.GetValue(onAlpha)),
                NearBits = parse.GetValue(exactOnly)
                    ? null : (int?)parse.GetValue(distance) ?? standard.NearBits,
            },
            parse.GetValue(strict));
    }
}
