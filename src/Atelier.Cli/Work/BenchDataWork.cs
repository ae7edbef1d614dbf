using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Text;
using Atelier.Training.Benchmarks;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier bench data</c>.</summary>
internal sealed class BenchDataWork(CliServices services)
{
    private const int PackRounds = 3;

    /// <summary>Measures, from the request to the exit code.</summary>
    public ExitCode Run(string path, ImageSize size, int threads, int batch, int images, int rounds)
    {
        var isPacked = DatasetOpener.Identify(path) == DatasetKind.Packed;
        services.Signals.Listen();
        var cancel = services.Signals.Token;
        BenchText.WarnOfPeak(services);
        using var scratch = new ScratchFolder();
        var packed = isPacked ? path : scratch.File("images.atl");
        var packing = isPacked ? null : PackBenchmark.Run(path, packed, size, threads, PackRounds, cancel);
        using var dataset = PackedDataset.Open(packed);
        var loading = LoaderBenchmark.Run(dataset, batch, images, rounds, cancel);
        var report = new BenchDataReport(
            path, dataset.ImageSize.ToString(), packing, loading, PeakMemory.Megabytes());
        Show(report);
        services.Output.Document(report, BenchJson.Default.BenchDataReport);
        return ExitCode.Ok;
    }

    private void Show(BenchDataReport report)
    {
        var output = services.Output;
        output.Result($"{report.Data}: images of {report.ImageSize}");
        if (report.Packing is { } packing)
        {
            output.Result(BenchText.Of(
                $"packing: {BenchText.Rate(packing.ImagesPerSecond)} images/s; ",
                $"{packing.Images} images, {Counted.Of(packing.Threads, "thread")}"));
            BenchText.Table(
                output, ["part", "images/s", "s", "processor s"],
                packing.Parts.Select(part => (IReadOnlyList<string>)
                [
                    part.Part, BenchText.Rate(part.ImagesPerSecond), BenchText.Of($"{part.Seconds:0.00}"),
                    BenchText.Of($"{part.ProcessorSeconds:0.00}"),
                ]));
        }

        var loading = report.Loading;
        output.Result(BenchText.Of(
            $"loading: batches of {loading.BatchSize}, {loading.ImageBytes} bytes an image, ",
            $"{Counted.Of(loading.Files, "file")}; ",
            $"memcpy alone {BenchText.Rate(loading.MemcpyImagesPerSecond)} images/s"));
        BenchText.Table(
            output, ["way", "images/s", "% of memcpy"],
            loading.Ways.Select(way => (IReadOnlyList<string>)
            [
                way.Way, BenchText.Rate(way.ImagesPerSecond), BenchText.Of($"{100 * way.OfMemcpy:0}"),
            ]));
    }
}
