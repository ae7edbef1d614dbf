using System.Globalization;
using System.Text;
using Atelier.Cli.Output;
using Atelier.IO;
using Atelier.Text;
using Atelier.Training.Ablation;

namespace Atelier.Cli.Work;

/// <summary>The table of an ablation for people, for documents and for spreadsheets.</summary>
internal static class AblateText
{
    private static readonly string[] Heading =
    [
        "row", "batch", "ch", "shared", "skip-z", "ortho", "G weights", "runs", "FID", "IS",
        "paper FID", "paper IS", "FID change", "IS change",
    ];

    /// <summary>A verdict in words.</summary>
    public static string Word(AblationVerdict verdict) => verdict switch
    {
        AblationVerdict.WithinNoise => "within noise",
        AblationVerdict.AsInThePaper => "as in the paper",
        AblationVerdict.AgainstThePaper => "against the paper",
        _ => "",
    };

    /// <summary>The table in columns.</summary>
    public static IEnumerable<string> Lines(AblateReport report) =>
        TextTable.Lines(Heading, report.Rows.Select(Cells));

    /// <summary>Writes ablation.md, ablation.csv and ablation.json.</summary>
    public static void Write(AblateReport report, string json)
    {
        WriteText(Path.Combine(report.Folder, "ablation.md"), Markdown(report));
        WriteText(Path.Combine(report.Folder, "ablation.json"), json);
        CsvFile.Write(
            Path.Combine(report.Folder, "ablation.csv"),
            [
                "row", "compared_with", "batch", "channels", "shared", "skip_z", "ortho",
                "generator_parameters", "seeds", "failed", "fid", "fid_deviation", "is", "is_deviation",
                "fid_verdict", "is_verdict",
            ],
            report.Rows.Select(static r => (IReadOnlyList<object?>)
            [
                r.Name, r.ComparedWith, r.Batch, r.Channels, r.Shared, r.SkipZ, r.Ortho,
                r.GeneratorParameters, r.Seeds, r.Failed, r.Fid, r.FidDeviation, r.Is, r.IsDeviation,
                r.FidVerdict, r.IsVerdict,
            ]));
    }

    private static string Markdown(AblateReport report)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"# Ablation of {report.Recipe}\n\n{Counted.Of(report.Steps, "step")} a run, " +
            $"{Counted.Of(report.Count, "image")} a score. ");
        text.Append(report.OneAtATime
            ? "Each change stands alone over the baseline.\n\n"
            : "Each row has the changes of those before it.\n\n");
        Row(text, Heading);
        Row(text, Heading.Select(static (_, column) => column == 0 ? "---" : "---:"));
        foreach (var row in report.Rows) Row(text, Cells(row));
        text.Append(
            "\nMean ± standard deviation over the runs. A change is within noise when it is no larger than " +
            "twice its\nstandard error. The paper's numbers are of ImageNet at 128 px (arXiv:1809.11096, " +
            "table 1); only their\ndirection can be compared.\n");
        if (report.FidProtocol is not null)
            text.Append(
                CultureInfo.InvariantCulture,
                $"Protocols: `{report.FidProtocol}`, `{report.IsProtocol}`.\n");
        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string[] Cells(AblateReportRow row) =>
    [
        row.ComparedWith is null ? row.Name : $"+ {row.Name}", Text(row.Batch), Text(row.Channels),
        row.Shared ? "yes" : "no", row.SkipZ ? "yes" : "no", Text(row.Ortho),
        row.GeneratorParameters is { } weights ? weights.ToString("n0", CultureInfo.InvariantCulture) : "",
        row.Failed == 0 ? Text(row.Seeds) : $"{row.Seeds}, {row.Failed} failed",
        Spread(row.Fid, row.FidDeviation), Spread(row.Is, row.IsDeviation), Paper(row.PaperFid),
        Paper(row.PaperIs), row.FidVerdict, row.IsVerdict,
    ];

    private static string Spread(double? mean, double? deviation)
    {
        if (mean is not { } value) return "";
        var spread = deviation is { } d ? string.Create(CultureInfo.InvariantCulture, $" ± {d:0.###}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.###}{spread}");
    }

    private static string Paper(IReadOnlyList<double>? pair) => pair is [var before, var after]
        ? string.Create(CultureInfo.InvariantCulture, $"{before:0.##} > {after:0.##}")
        : "";

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static void WriteText(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AtomicFile.Write(path, stream => stream.Write(bytes), bytes.Length);
    }
}
