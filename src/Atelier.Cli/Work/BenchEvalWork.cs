using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Metrics;
using Atelier.Torch;
using Atelier.Training.Benchmarks;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier bench eval</c>.</summary>
internal sealed class BenchEvalWork(CliServices services)
{
    private const int UnpackedSize = 32;

    /// <summary>Measures, from the request to the exit code.</summary>
    public ExitCode Run(
        string data, string? backboneName, IReadOnlyList<string> metricNames, int count, int batch,
        bool isBFloat16)
    {
        var metrics = MetricCatalogue.Create(metricNames);
        services.Signals.Listen();
        using var images = new OpenedImages(data, UnpackedSize, services);
        using var backbone = Backbone(images, backboneName, isBFloat16);
        BenchText.WarnOfPeak(services);
        var result = EvalBenchmark.Run(
            backbone, BackboneFinder.Reference(images.Dataset), metrics, count, batch,
            services.Signals.Token);
        var report = new BenchEvalReport(
            data, backbone.Name, backbone.Precision, result.Count, batch, TorchRuntime.ThreadCount,
            result.ImagesPerSecond, result.Seconds, result.PeakRssMb, result.Metrics);
        Show(report);
        services.Output.Document(report, BenchJson.Default.BenchEvalReport);
        return ExitCode.Ok;
    }

    private IBackbone Backbone(OpenedImages images, string? name, bool isBFloat16)
    {
        var found = BackboneFinder.Require(services, images.Dataset, name);
        return isBFloat16 ? new BFloat16Backbone(found) : found;
    }

    private void Show(BenchEvalReport report)
    {
        services.Output.Result(BenchText.Of(
            $"{report.Backbone}, {report.Precision}, batches of {report.Batch}: ",
            $"{BenchText.Rate(report.ImagesPerSecond)} images/s, {report.Seconds:0.00} s for ",
            $"{report.Count}; memory {report.PeakRssMb:n0} MiB at the peak"));
        BenchText.Table(
            services.Output, ["metric", "s", "of it computing", "peak MiB"],
            report.Metrics.Select(metric => (IReadOnlyList<string>)
            [
                metric.Metric, BenchText.Of($"{metric.Seconds:0.00}"),
                BenchText.Of($"{metric.ComputingSeconds:0.00}"), BenchText.Of($"{metric.PeakRssMb:n0}"),
            ]));
    }
}
