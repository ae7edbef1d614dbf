using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;
using Atelier.Data.Fetching;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier data fetch</c>.</summary>
internal sealed class DataFetchWork(CliServices services)
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Fetches and verifies, and packs when asked to.</summary>
    public ExitCode Run(DataFetchRequest request)
    {
        if (request.Name is null) return List();
        services.Signals.Listen();
        var dataset = PublicDatasetCatalogue.Find(request.Name);
        OutputFolder.CheckParent(request.Pack);
        var folder = Path.GetFullPath(request.Folder
            ?? Path.Combine(XdgFolders.Cache(services.Environment), "datasets", dataset.Name));
        using var download = new VerifiedDownload();
        var files = new DatasetFetcher(download).Fetch(
            dataset, folder, request.Mirror, new FetchView(services.Output).Report, services.Signals.Token);
        foreach (var file in files)
            services.Output.Result(Text($"{file.Path}: {file.Bytes} bytes, SHA-256 as published")
                + (file.FromNetwork == 0 ? ", was there already" : ""));
        var source = dataset.SourceIn(folder);
        services.Output.Document(
            new DataFetchReport(null, dataset.Name, files, source, Pack(request, dataset, source)),
            OutputJson.Default.DataFetchReport);
        return ExitCode.Ok;
    }

    private ExitCode List()
    {
        var rows = PublicDatasetCatalogue.All.Select(set => (IReadOnlyList<string>)[
            $"{set.Name,-14} {set.Summary}", Text($"{(set.Bytes + Mebibyte - 1) / Mebibyte} MiB"),
        ]);
        foreach (var line in TextTable.Lines([$"{"name",-14} what", "size"], rows))
            services.Output.Result(line);
        services.Output.Document(
            new DataFetchReport(PublicDatasetCatalogue.All), OutputJson.Default.DataFetchReport);
        return ExitCode.Ok;
    }

    private DatasetInfo? Pack(DataFetchRequest request, PublicDataset dataset, string path)
    {
        if (request.Pack is null)
        {
            services.Output.Result(Text($"pack it: atelier data pack {ShellWord.Of(path)} ")
                + Text($"-o {dataset.Name}.atl --size {dataset.Size}"));
            return null;
        }

        using var source = DatasetOpener.OpenSource(path, dataset.Name);
        using var view = new PackView(services);
        var report = DatasetPacker.Pack(source, request.Pack, new PackOptions { Size = dataset.Size }, view,
            services.Signals.Token);
        services.Output.Result(Text($"{request.Pack}: {report.Info.Count} images, content ")
            + report.Info.ContentHash);
        return report.Info;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
