using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Data.Pictures;
using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier neighbours</c>.</summary>
internal sealed class NeighboursWork(CliServices services)
{
    private const byte Blank = 255;

    /// <summary>Searches, from the request to the exit code.</summary>
    public ExitCode Run(NeighboursRequest request)
    {
        DeviceChoice.Check(request.Device);
        OutputFolder.CheckParent(request.Picture);
        using var dataset = PackedDataset.Open(request.Data);
        using var backbone = request.ByFeatures
            ? BackboneFinder.Require(services, dataset, request.Backbone)
            : null;
        var reference = BackboneFinder.Reference(dataset, request.Reference);
        var samples = ModelLocator.IsModel(services.Home, request.Target)
            ? OfModel(request, dataset)
            : OfImages(request, dataset);
        var heldOut = OpenedImages.HeldOut(dataset, reference.SplitInfo.Name) is { } view
            ? ByLot(view, samples.Classes.Count, request)
            : null;

        var search = new NeighbourSearch(new PackedImageSet(reference), Scoring.Shown(services));
        // One pass for both: the held-out images stand behind the samples.
        byte[] queries = [.. samples.Pixels, .. heldOut?.Pixels ?? []];
        var byPixels = request.ByPixels ? search.ByPixels(queries, request.Neighbours) : null;
        var byFeatures = backbone is null ? null : search.ByFeatures(backbone, queries, request.Neighbours);
        if (request.Picture is not null) Draw(request.Picture, samples, reference, byPixels, byFeatures);
        Report(request, samples, reference, byPixels, byFeatures);
        return ExitCode.Ok;
    }

    private LookedUp OfModel(NeighboursRequest request, PackedDataset dataset)
    {
        var path = ModelLocator.Find(services.Home, request.Target, services.Output.Warn);
        using var session = new GeneratorSession(path);
        ModelDataMatch.Check(session, dataset);
        var all = request.Classes ?? [.. Enumerable.Range(0, session.Generator.ClassCount)];
        var classes = Enumerable.Range(0, request.Count).Select(k => all[k % all.Count]).ToList();
        session.CheckClasses(classes.Select(static c => (long)c));
        session.GatherStatistics(request.Truncation);
        using var random = new Generator(Device.Cpu, (ulong)request.Seed);
        return new LookedUp(
            path, session.Draw(classes, request.Truncation, random),
            [.. classes.Select(c => session.Card.ClassNames[c])]);
    }

    private LookedUp OfImages(NeighboursRequest request, PackedDataset dataset)
    {
        if (request.Classes is not null || request.Truncation is not null)
            throw new AtelierException(
                FailureKind.Usage,
                $"'{request.Target}' names images, not a model: leave out --classes and --truncation.");
        using var images = new OpenedImages(request.Target, dataset.ImageSize, services);
        if (images.Dataset.Channels != dataset.Channels || images.Dataset.Height != dataset.Height ||
            images.Dataset.Width != dataset.Width)
            throw new AtelierException(
                FailureKind.Usage,
                $"'{request.Target}' has {images.Dataset.Channels}x{images.Dataset.Height}x" +
                $"{images.Dataset.Width} images and '{dataset.Path}' {dataset.Channels}x{dataset.Height}x" +
                $"{dataset.Width}. Pack both alike with 'atelier data pack'.");
        return ByLot(images.View, request.Count, request);
    }

    private static LookedUp ByLot(DatasetView view, int count, NeighboursRequest request)
    {
        var some = ImageSubset.ByLot(new PackedImageSet(view), count, (int)(request.Seed % int.MaxValue));
        var pixels = new byte[some.Count * view.Dataset.ImageBytes];
        some.CopyImages(Enumerable.Range(0, some.Count).ToArray(), pixels);
        return new LookedUp(
            view.Dataset.Path, pixels,
            [.. Enumerable.Range(0, some.Count).Select(k => some.ClassNames[some.Label(k)])]);
    }

    /// <summary>A row a sample and space: the sample, a gap, its neighbours.</summary>
    private static void Draw(
        string path, LookedUp samples, DatasetView reference,
        params IReadOnlyList<IReadOnlyList<Neighbour>>?[] spaces)
    {
        var dataset = reference.Dataset;
        var shown = spaces.Count(static s => s is not null);
        var columns = 2 + spaces.Max(static s => s?[0].Count ?? 0);
        var pixels = new List<byte>();
        var labels = new List<string>();
        for (var k = 0; k < samples.Classes.Count; k++)
            for (var space = 0; space < spaces.Length; space++)
            {
                if (spaces[space] is not { } found) continue;
                pixels.AddRange(samples.Pixels.AsSpan(k * dataset.ImageBytes, dataset.ImageBytes));
                pixels.AddRange(Enumerable.Repeat(Blank, dataset.ImageBytes));
                foreach (var neighbour in found[k]) pixels.AddRange(reference.Image(neighbour.Index));
                labels.Add(samples.Classes[k] + (shown < 2 ? "" : space == 0 ? ", pixels" : ", features"));
            }

        PngWriter.Write(path, ImageGrid.Compose(
            [.. pixels], dataset.Channels, dataset.Height, dataset.Width, new ImageGridOptions
            {
                Rows = labels.Count, Columns = columns, RowLabels = labels, LongestLabel = 26,
            }));
    }

    private void Report(
        NeighboursRequest request, LookedUp samples, DatasetView reference,
        IReadOnlyList<IReadOnlyList<Neighbour>>? byPixels,
        IReadOnlyList<IReadOnlyList<Neighbour>>? byFeatures)
    {
        var count = samples.Classes.Count;
        IReadOnlyList<NeighbourImage>? Images(IReadOnlyList<IReadOnlyList<Neighbour>>? found, int sample) =>
            found is null ? null :
            [
                .. found[sample].Select(n => new NeighbourImage(
                    n.Index, reference.Dataset.ClassNames[reference.Labels[n.Index]], n.Distance)),
            ];
        var report = new NeighboursReport(
            samples.Name, reference.Dataset.Path, reference.SplitInfo.Name, reference.Count,
            [
                .. samples.Classes.Select((name, k) => new SampleNeighbours(
                    name, Images(byPixels, k), Images(byFeatures, k))),
            ],
            new NearestDistances(Median(byPixels?.Take(count)), Median(byFeatures?.Take(count))),
            (byPixels ?? byFeatures)!.Count > count
                ? new NearestDistances(Median(byPixels?.Skip(count)), Median(byFeatures?.Skip(count)))
                : null,
            request.Picture);
        for (var k = 0; k < count; k++)
        {
            Show(k, "pixels", report.Samples[k].Class, report.Samples[k].Pixels);
            Show(k, "features", report.Samples[k].Class, report.Samples[k].Features);
        }

        Compare("pixels", report.MedianNearest.Pixels, report.HeldOutMedianNearest?.Pixels);
        Compare("features", report.MedianNearest.Features, report.HeldOutMedianNearest?.Features);
        if (request.Picture is not null) services.Output.Result(request.Picture);
        services.Output.Document(report, OutputJson.Default.NeighboursReport);
    }

    private void Show(int sample, string space, string name, IReadOnlyList<NeighbourImage>? found)
    {
        if (found is not [var nearest, ..]) return;
        services.Output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"{sample} {name}, {space}: nearest is image {nearest.Index} ({nearest.Class}) at " +
            $"{nearest.Distance:0.###}"));
    }

    private void Compare(string space, double? samples, double? heldOut)
    {
        if (samples is null) return;
        var beside = heldOut is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; of held-out real images {heldOut:0.###}");
        services.Output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"median distance to the nearest, {space}: of the samples {samples:0.###}{beside}"));
    }

    private static double? Median(IEnumerable<IReadOnlyList<Neighbour>>? found)
    {
        var sorted = found?.Select(static n => n[0].Distance).Order().ToList();
        return sorted is { Count: > 0 }
            ? (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2
            : null;
    }
}
