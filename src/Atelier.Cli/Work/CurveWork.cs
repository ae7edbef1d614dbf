using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Data.Charts;
using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Training.Evaluation;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier curve</c>.</summary>
internal sealed class CurveWork(CliServices services)
{
    private const int LotSeed = 0;

    /// <summary>Measures the curve, from the request to the exit code.</summary>
    public ExitCode Run(CurveRequest request)
    {
        DeviceChoice.Check(request.Device);
        using var dataset = PackedDataset.Open(request.Data);
        var path = ModelLocator.Find(services.Home, request.Model, services.Output.Warn);
        using var session = new GeneratorSession(path);
        ModelDataMatch.Check(session, dataset);
        using var backbone = BackboneFinder.Require(services, dataset, request.Backbone);
        var reference = BackboneFinder.Reference(dataset, request.Reference);
        OutputFolder.Prepare(request.Output);

        var options = Scoring.Shown(services, request.Batch);
        var sweep = new TruncationSweep(
            session,
            new MetricRun(backbone, new PackedImageSet(reference), TruncationSweep.Metrics(), options),
            request.Count, (ulong)request.Seed);
        sweep.Check(request.Thresholds);
        var real = RealScore(request, dataset, reference, backbone, options);
        var points = new List<CurvePoint>();
        foreach (var threshold in (double?[])[null, .. request.Thresholds])
        {
            points.Add(sweep.Measure(threshold));
            services.Output.Progress(CurveText.Line(points[^1]));
        }

        var curve = new TruncationCurve(points, real);
        var files = Write(curve, request.Output, Path.GetFileNameWithoutExtension(path));
        foreach (var line in CurveText.Lines(curve)) services.Output.Result(line);
        foreach (var file in files) services.Output.Result(file);
        services.Output.Document(
            CurveText.Report(curve, path, request.Count, files), OutputJson.Default.CurveReport);
        return ExitCode.Ok;
    }

    /// <summary>The Inception Score of images that the model never saw.</summary>
    private MetricResult? RealScore(
        CurveRequest request, PackedDataset dataset, DatasetView reference,
        IBackbone backbone, MetricRunOptions options)
    {
        if (OpenedImages.HeldOut(dataset, reference.SplitInfo.Name) is not { } heldOut)
        {
            services.Output.Warn(
                $"'{dataset.Path}' has no test split, so the truncation at which the model's IS equals " +
                "that of held-out images is not known.");
            return null;
        }

        var images = ImageSubset.ByLot(new PackedImageSet(heldOut), request.Count, LotSeed);
        if (images.Count < request.Count)
            services.Output.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"the IS of held-out images is of {images.Count} images and the model's of " +
                $"{request.Count}: it grows with the number of images."));
        var run = new MetricRun(
            backbone, new PackedImageSet(reference), MetricCatalogue.Create(["is"]), options);
        return run.Run(ImageFeeds.Of(images), images.Count)[0];
    }

    private static List<string> Write(TruncationCurve curve, string? folder, string model)
    {
        if (folder is null) return [];
        var (csv, png, svg) = (
            Path.Combine(folder, "curve.csv"), Path.Combine(folder, "curve.png"),
            Path.Combine(folder, "curve.svg"));
        CsvFile.Write(
            csv, ["threshold", "fid", "is", "is_deviation", "fid_protocol", "is_protocol"],
            curve.Points.Select(static p => (IReadOnlyList<object?>)
            [
                p.Threshold, p.Fid.Value, p.Score.Value, p.Score.Deviation, p.Fid.Protocol.Id,
                p.Score.Protocol.Id,
            ]));
        var chart = CurveText.Chart(curve, model);
        ChartWriter.WritePng(png, chart);
        ChartWriter.WriteSvg(svg, chart);
        return [csv, png, svg];
    }
}
