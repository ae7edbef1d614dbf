using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Gan;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Training.Benchmarks;
using Atelier.Training.Loop;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier bench sample</c>.</summary>
internal sealed class BenchSampleWork(CliServices services)
{
    /// <summary>Measures, from the request to the exit code.</summary>
    public ExitCode Run(BenchSampleRequest request)
    {
        services.Signals.Listen();
        BenchText.WarnOfPeak(services);
        if (request.Recipe is { } recipe) return OfRecipe(request, recipe);
        var path = ModelLocator.Find(services.Home, request.Model!, services.Output.Warn);
        using var session = new GeneratorSession(path);
        // A model that brings statistics by truncation has nothing to gather.
        var statistics = session.ByTruncation is null ? session.Card.StandingStatistics : null;
        if (statistics is null) session.GatherStatistics(null);
        return Measure(request, request.Model!, session.Generator, statistics);
    }

    private ExitCode OfRecipe(BenchSampleRequest request, string name)
    {
        var recipe = RecipeWork.Resolve(services.Home, name, request.Overrides).Recipe;
        var blueprint = GanBlueprint.Of(
            recipe.Model, BenchArguments.StandardChannels, recipe.Model.Resolution, request.Classes);
        using var random = new Generator(Device.Cpu, 0);
        using var generator = blueprint.Family.CreateGenerator(blueprint.OptionsJson, random);
        return Measure(request, recipe.Name, generator, recipe.StandingStatistics);
    }

    private ExitCode Measure(
        BenchSampleRequest request, string name, GeneratorNetwork generator,
        StandingStatisticsOptions? statistics)
    {
        var precision = request.BFloat16 ? Precision.BFloat16 : Precision.Float32;
        var result = SampleBenchmark.Run(
            generator, statistics,
            new SampleBenchmarkOptions(request.Count, request.Batch, request.Rounds, precision),
            services.Signals.Token);
        var report = new BenchSampleReport(
            name, generator.ImageSize.ToString(), request.BFloat16 ? "bf16" : "fp32", request.Count,
            request.Batch, TorchRuntime.ThreadCount, result.ImagesPerSecond, result.Seconds,
            result.RoundSeconds, result.StatisticsSeconds, result.PeakRssMb);
        services.Output.Result(BenchText.Of(
            $"{name}: {report.ImageSize}, {report.Precision}, batches of {report.Batch}: ",
            $"{BenchText.Rate(report.ImagesPerSecond)} images/s, {report.Seconds:0.00} s for ",
            $"{report.Count}, median of {report.RoundSeconds.Count}"));
        services.Output.Result(BenchText.Of(
            $"before that, once: {report.StatisticsSeconds:0.00} s for standing statistics; ",
            $"memory {report.PeakRssMb:n0} MiB at the peak"));
        services.Output.Document(report, BenchJson.Default.BenchSampleReport);
        return ExitCode.Ok;
    }
}
