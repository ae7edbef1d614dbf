using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Training.Evaluation;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier eval</c>.</summary>
internal sealed class EvalWork(CliServices services)
{
    /// <summary>Scores, from the request to the exit code.</summary>
    public ExitCode Run(EvalRequest request)
    {
        DeviceChoice.Check(request.Device);
        var metrics = MetricCatalogue.Create(request.Metrics);
        using var dataset = PackedDataset.Open(request.Data);
        using var backbone = BackboneFinder.Require(services.Home, dataset, request.Backbone);
        var run = new MetricRun(
            backbone, new PackedImageSet(BackboneFinder.Reference(dataset, request.Reference)), metrics,
            Scoring.Shown(services));
        var (results, count) = ModelLocator.IsModel(services.Home, request.Target)
            ? (OfModel(request, run, services), request.Count)
            : OfImages(request, run, dataset);
        foreach (var result in results) services.Output.Result(ScoreLine.Text(result));
        services.Output.Document(
            new EvalReport(request.Target, count, ScoreLine.Of(results)), OutputJson.Default.EvalReport);
        return ExitCode.Ok;
    }

    private static IReadOnlyList<MetricResult> OfModel(
        EvalRequest request, MetricRun run, CliServices services)
    {
        using var session = new GeneratorSession(
            ModelLocator.Find(services.Home, request.Target, services.Output.Warn));
        session.GatherStatistics(request.Truncation);
        using var feed = new GeneratorFeed(session.Generator, request.Truncation, (ulong)request.Seed);
        return run.Run(feed.Next, request.Count);
    }

    private (IReadOnlyList<MetricResult> Results, int Count) OfImages(
        EvalRequest request, MetricRun run, PackedDataset reference)
    {
        using var images = new OpenedImages(request.Target, reference.ImageSize, services.Output);
        var set = new PackedImageSet(images.View);
        var count = Math.Min(request.Count, set.Count);
        return (run.Run(ImageFeeds.Of(set), count), count);
    }
}
