using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier data check</c>.</summary>
internal sealed class DataCheckWork(CliServices services)
{
    private const int GroupsShown = 10;
    private const int ImagesShown = 4;

    /// <summary>Checks, shows, and answers 4 when something is bad.</summary>
    public ExitCode Run(string path, CheckOptions options, bool strict)
    {
        services.Signals.Listen();
        using var view = new PackView(services, "checking");
        var report = DatasetCheck.Run(path, options, view, services.Signals.Token);
        Show(report);
        services.Output.Document(report, OutputJson.Default.DatasetCheckReport);
        var warned = report.Findings.Any(finding => finding.Severity == FindingSeverity.Warning);
        return report.Passed && !(strict && warned) ? ExitCode.Ok : ExitCode.Dataset;
    }

    private void Show(DatasetCheckReport report)
    {
        var output = services.Output;
        output.Result(string.Create(CultureInfo.InvariantCulture, $"{report.Path}: {report.Count} images"));
        foreach (var finding in report.Findings)
        {
            var word = finding.Severity.ToString().ToLowerInvariant();
            output.Result(Printable.Text($"{word,-8} {finding.Kind,-16} {finding.Text}"));
            foreach (var line in Evidence(report, finding))
                output.Result("    " + Printable.Text(line));
        }
    }

    /// <summary>What a finding is about: all that cannot be used, and the first of everything else.</summary>
    private static IEnumerable<string> Evidence(DatasetCheckReport report, Finding finding)
    {
        if (finding.Severity == FindingSeverity.Ok) return [];
        return finding.Kind switch
        {
            "images" => report.Offenders.Select(offender => $"{offender.Name}: {offender.Reason}"),
            "leak" => Groups(report, group => group.Equal && group.Leaks),
            "near-leak" => Groups(report, group => !group.Equal && group.Leaks),
            "duplicates" => Groups(report, group => group.Equal && !group.Leaks),
            "near-duplicates" => Groups(report, group => !group.Equal && !group.Leaks),
            "labels" => Groups(report, group => group.Equal && group.Disagrees),
            "constant" => First(report.Constant.Select(Name), report.Constant.Count),
            _ => [],
        };
    }

    private static IEnumerable<string> Groups(DatasetCheckReport report, Func<DuplicateGroup, bool> chosen)
    {
        var groups = report.Duplicates.Where(chosen).ToList();
        return First(groups.Select(Line), groups.Count);
    }

    private static IEnumerable<string> First(IEnumerable<string> lines, int count) => count <= GroupsShown
        ? lines
        : lines.Take(GroupsShown).Append(string.Create(CultureInfo.InvariantCulture,
            $"... and {count - GroupsShown} more; --json lists all"));

    private static string Line(DuplicateGroup group)
        => string.Join(" = ", group.Images.Take(ImagesShown).Select(Name)) + (group.Images.Count > ImagesShown
            ? string.Create(CultureInfo.InvariantCulture, $" and {group.Images.Count - ImagesShown} more")
            : "");

    private static string Name(ImagePlace image) => $"{image.Split} {image.Name} ({image.Class})";
}
