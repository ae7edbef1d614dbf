using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Data.Fetching;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier backbone import</c> and <c>atelier backbone fetch</c>.</summary>
internal sealed class BackboneImportWork(CliServices services)
{
    private const int RowsOfAKind = 5;
    private const int Megabyte = 1_000_000;
    private const long ReportEvery = 8 * Megabyte;

    /// <summary>Imports a file of this disk.</summary>
    public ExitCode Import(string name, string file)
    {
        var entry = NetworkCatalogue.Require(name);
        var report = NetworkImport.Examine(entry, file);
        if (!report.IsClean) ShowDifferences(report);
        Show(NetworkImport.Run(entry, file, BackboneFinder.Store(services).PathOf(name)));
        return ExitCode.Ok;
    }

    /// <summary>Brings a file over the net and imports it.</summary>
    public ExitCode Fetch(string name, Uri? mirror)
    {
        var entry = NetworkCatalogue.Require(name);
        var weights = entry.Weights[0];
        var size = weights.Bytes is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $", {bytes / (double)Megabyte:0.0} MB")
            : "";
        services.Output.Progress($"from {mirror ?? weights.Url}{size}");
        services.Output.Progress($"licence: {entry.Licence}");
        services.Output.Progress(
            weights.Sha256 is { } known
                ? $"expected SHA-256 {known}{(known.Length < 64 ? "…, as its name says" : "")}"
                : "its publisher gives no SHA-256; what comes is trusted as the connection is");
        services.Signals.Listen();
        using var download = new VerifiedDownload();
        var fetch = new NetworkFetch(BackboneFinder.Store(services), download);
        Show(fetch.Run(entry, mirror, Progress(), services.Signals.Token));
        return ExitCode.Ok;
    }

    private Action<DownloadProgress> Progress()
    {
        var next = ReportEvery;
        return progress =>
        {
            if (progress.Done < next && progress.Done != progress.Total) return;
            next = progress.Done + ReportEvery;
            var total = progress.Total is { } all
                ? string.Create(CultureInfo.InvariantCulture, $" of {all / (double)Megabyte:0.0}")
                : "";
            services.Output.Progress(string.Create(
                CultureInfo.InvariantCulture, $"{progress.Done / (double)Megabyte:0.0}{total} MB"));
        };
    }

    private void Show(ImportedNetwork imported)
    {
        var report = imported.Report;
        services.Output.Result(
            $"{imported.Network}: {report.Matched} tensors of {imported.Source} matched, " +
            $"{report.Ignored.Count} not needed; " +
            (imported.KnownAs is { } known
                ? $"it is the published {known}"
                : $"SHA-256 {imported.SourceSha256}, of which nothing is known"));
        services.Output.Result($"wrote {imported.Path}; use it with --backbone {imported.Network}");
        services.Output.Document(imported, OutputJson.Default.ImportedNetwork);
    }

    private void ShowDifferences(StateReport report)
    {
        var rows = report.Missing.Select(static n => Row(n, "missing", "", ""))
            .Concat(report.WrongShape.Select(static w => Row(
                w.Name, "shape", StateShapeDifference.Text(w.Stored),
                StateShapeDifference.Text(w.Expected))))
            .Concat(report.Unexpected.Select(static n => Row(n, "extra", "", "")))
            .ToList();
        // The first few of each kind.
        var shown = rows.GroupBy(static row => row[1]).SelectMany(static g => g.Take(RowsOfAKind)).ToList();
        var lines = TextTable.Lines(
            ["tensor", "what", "in the file", "in the network"], shown);
        foreach (var line in lines) services.Output.Result(line);
        if (rows.Count > shown.Count)
            services.Output.Result(string.Create(
                CultureInfo.InvariantCulture, $"… {rows.Count - shown.Count} more"));
    }

    private static string[] Row(params string[] words) => words;
}
