using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier eval TARGET --data DATA</c>.</summary>
internal sealed class EvalWork(CliServices services)
{
    /// <summary>Scores, from the request to the exit code.</summary>
    public ExitCode Run(EvalRequest request)
    {
        DeviceChoice.Check(request.Device);
        services.Signals.Listen();
        using var lpips = request.Lpips is { } weights
            ? LpipsDistance.Load(BackboneFinder.Store(services).PathOf("vgg16"), weights)
            : null;
        var metrics = MetricCatalogue.Create(
            request.Metrics, request.Options with { PathDistance = lpips });
        using var target = EvalTarget.Open(request, services);
        using var real = new OpenedImages(request.Data, target.Size, services, request.UsesCache);
        using var backbone = Backbone(request, metrics, real.Dataset);
        var reference = BackboneFinder.Reference(real.Dataset, request.Reference);
        var run = new MetricRun(backbone, new PackedImageSet(reference), metrics, Options(request))
        {
            HeldOut = OpenedImages.HeldOut(real.Dataset, reference.SplitInfo.Name) is { } view
                ? new PackedImageSet(view)
                : null,
        };
        var scored = target.Scored(real.Dataset);
        var results = run.Run(scored, services.Signals.Token);
        foreach (var result in results) services.Output.Result(ScoreLine.Text(result));
        EvalChart.Write(request.Chart, request.Target, results);
        services.Output.Document(
            EvalReport.Of(request.Target, scored.Count, results), OutputJson.Default.EvalReport);
        return ExitCode.Ok;
    }

    /// <summary>None where no metric is taken on one; with <c>--metrics all</c> it may be missing.</summary>
    private IBackbone? Backbone(
        EvalRequest request, IReadOnlyList<IMetric> metrics, PackedDataset dataset)
    {
        if (!metrics.Any(static metric => metric.NeedsBackbone())) return null;
        var found = request.LeavesOutUnfit
            ? BackboneFinder.Find(services, dataset, request.Backbone, request.Resizing)
            : BackboneFinder.Require(services, dataset, request.Backbone, request.Resizing);
        return found is not null && request.BFloat16 ? new BFloat16Backbone(found) : found;
    }

    private MetricRunOptions Options(EvalRequest request)
    {
        var options = Scoring.Shown(services, request.Batch) with { LeavesOutUnfit = request.LeavesOutUnfit };
        return request.UsesCache ? options : options with { CacheFolder = null };
    }
}
