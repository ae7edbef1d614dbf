using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier backbone list</c>.</summary>
internal sealed class BackboneListWork(CliServices services)
{
    /// <summary>Lists, from nothing to the exit code.</summary>
    public ExitCode Run()
    {
        var store = BackboneFinder.Store(services);
        List<BackboneListRow> rows =
        [
            .. BackboneFinder.Shipped(services.Home).Select(OfShipped),
            .. NetworkCatalogue.Entries.Select(entry => OfPublished(entry, store)),
        ];
        var lines = TextTable.Lines(
            ["name", "here", "features", "classes", "images", "licence"],
            rows.Select(static row => (IReadOnlyList<string>)
            [
                row.Name, row.IsHere ? "yes" : "no", Text(row.Features), Text(row.Classes),
                row.Preprocessing, row.Licence ?? "as Atelier",
            ]));
        foreach (var line in lines) services.Output.Result(line);
        services.Output.Result("'atelier backbone fetch NAME' brings one that is not here.");
        services.Output.Document(
            new BackboneListReport(rows, Path.GetDirectoryName(store.PathOf("x"))!),
            OutputJson.Default.BackboneListReport);
        return ExitCode.Ok;
    }

    private static BackboneListRow OfShipped(string path)
    {
        using var backbone = SmallClassifierBackbone.Load(path);
        var (channels, size) = (backbone.Input.Channels, backbone.Shape.Size);
        return new BackboneListRow(
            Path.GetFileNameWithoutExtension(path), "shipped", true,
            string.Create(
                CultureInfo.InvariantCulture,
                $"classifier of {channels}x{size}x{size} images, accuracy {backbone.Card.TestAccuracy:P1}"),
            backbone.FeatureCount, backbone.ClassNames.Count, $"{channels}x{size}x{size}", null, null);
    }

    private static BackboneListRow OfPublished(PublishedNetwork entry, NetworkStore store)
    {
        using var network = entry.Create();
        return new BackboneListRow(
            entry.Name, "published", store.Has(entry.Name), entry.Summary, network.FeatureCount,
            network.ClassNames.Count, entry.Preparation.Description, entry.Weights[0].Url.ToString(),
            entry.Licence);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
