using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;
using Atelier.Nn;
using Atelier.Text;
using Atelier.Torch;
using Atelier.Training.Benchmarks;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier bench step</c>.</summary>
internal sealed class BenchStepWork(CliServices services)
{
    private const string Synthetic = "synthetic";

    /// <summary>Measures, from the request to the exit code.</summary>
    public ExitCode Run(BenchStepRequest request)
    {
        OutputFolder.CheckParent(request.Profile);
        var recipe = RecipeWork.Resolve(services.Home, request.Recipe, request.Overrides).Recipe;
        var device = DeviceChoice.Settle(request.Device);
        services.Signals.Listen();
        using var scratch = new ScratchFolder();
        using var images = Open(request, recipe, scratch.File("images.atl"));
        var options = new StepBenchmarkOptions
        {
            Precision = PrecisionSelector.Settle(recipe.Training.Precision, device.Type),
            Device = device,
            Steps = request.Steps,
            WarmUpSteps = request.WarmUpSteps,
            MeasuresFloor = request.MeasuresFloor,
            TracePath = request.Profile,
        };
        BenchText.WarnOfPeak(services);
        services.Output.Progress(
            $"{Counted.Of(options.WarmUpSteps, "step")} to warm up, then {options.Steps} that count");
        var result = StepBenchmark.Run(
            recipe, BackboneFinder.Reference(images), options, services.Signals.Token);
        var report = Report(request, recipe, images, options, result);
        Show(report, images);
        services.Output.Document(report, BenchJson.Default.BenchStepReport);
        return ExitCode.Ok;
    }

    private PackedDataset Open(BenchStepRequest request, Recipe recipe, string packed)
    {
        if (request.Data is null)
            return SyntheticImages.Pack(
                packed, recipe.Model.Resolution, request.ImageChannels, request.Classes,
                recipe.Training.BatchSize);
        using var view = new PackView(services);
        return DatasetOpener.OpenOrPack(
            request.Data, packed, new PackOptions { Size = recipe.Data.Size }, null, view,
            services.Signals.Token);
    }

    private static BenchStepReport Report(
        BenchStepRequest request, Recipe recipe, PackedDataset images, StepBenchmarkOptions options,
        StepBenchmarkResult result) =>
        new()
        {
            Recipe = recipe.Name,
            Data = request.Data ?? Synthetic,
            ImageSize = recipe.Model.Resolution.ToString(),
            Channels = recipe.Model.Channels,
            Model = BenchModel.Of(recipe, images, result),
            Precision = PrecisionSelector.Word(options.Precision),
            Device = options.Device.ToString(),
            BatchSize = recipe.Training.BatchSize,
            DiscriminatorSteps = recipe.Training.DiscriminatorSteps,
            Accumulation = recipe.Training.Accumulation,
            Threads = TorchRuntime.ThreadCount,
            Libtorch = TorchRuntime.Version,
            ImagesPerSecond = result.ImagesPerSecond,
            SecondsPerStep = result.SecondsPerStep,
            ImagesPerStep = result.ImagesPerStep,
            WarmUpSteps = options.WarmUpSteps,
            StepSeconds = result.StepSeconds,
            FloorImagesPerSecond = result.Floor?.ImagesPerSecond,
            FloorRatio = result.Floor?.Ratio,
            FloorSeconds = result.Floor?.Seconds,
            FloorTeraflop = result.Floor?.TeraFlop,
            PeakRssMb = result.PeakRssMb,
            Phases = result.Phases,
            FloorPhases = result.Floor?.Phases,
            Profile = request.Profile,
        };

    private void Show(BenchStepReport report, PackedDataset images)
    {
        var output = services.Output;
        output.Result(
            $"{report.Recipe}: {report.ImageSize}, ch {report.Channels}, {report.Precision}, batch " +
            $"{report.BatchSize}, {Counted.Of(report.DiscriminatorSteps, "D step")}, " +
            $"{Counted.Of(report.Threads, "thread")}");
        output.Result(report.Data == Synthetic
            ? $"data: {images.Count} synthetic images (noise) of " +
              $"{Counted.Of(images.ClassNames.Count, "class")}, through the loader as real ones"
            : $"data: {report.Data}");
        output.Result(BenchText.Of(
            $"speed: {BenchText.Rate(report.ImagesPerSecond)} real images/s; ",
            $"{report.SecondsPerStep:0.000} s a step of {report.ImagesPerStep} images, median of ",
            $"{report.StepSeconds.Count} ({report.StepSeconds.Min():0.000} to ",
            $"{report.StepSeconds.Max():0.000})"));
        if (report.FloorImagesPerSecond is { } floor)
            output.Result(BenchText.Of(
                $"floor: {BenchText.Rate(floor)} images/s if there were convolutions and products ",
                $"alone ({report.FloorTeraflop:0.000} TFLOP a step); the step runs at ",
                $"{report.FloorRatio:0.00} of it"));
        output.Result(BenchText.Of($"memory: {report.PeakRssMb:n0} MiB at the peak of the steps"));
        BenchText.Table(
            output, report.FloorPhases is null ? ["phase", "s", "%"] : ["phase", "s", "%", "floor s"],
            Rows(report));
        if (report.Profile is { } profile)
            output.Result($"{profile}: a trace of one more step; open it at ui.perfetto.dev");
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(BenchStepReport report)
    {
        var phases = Named(report.Phases);
        var floor = report.FloorPhases is { } known ? Named(known) : null;
        return phases.Select((phase, k) => (IReadOnlyList<string>)
        [
            phase.Name, BenchText.Of($"{phase.Seconds:0.000}"),
            BenchText.Of($"{100 * phase.Seconds / report.SecondsPerStep:0.0}"),
            .. floor is null ? Array.Empty<string>() : [FloorCell(floor[k].Seconds)],
        ]);
    }

    private static string FloorCell(double seconds) =>
        seconds > 0 ? BenchText.Of($"{seconds:0.000}") : "-";

    private static (string Name, double Seconds)[] Named(PhaseSeconds phases) =>
    [
        ("D forward", phases.DiscriminatorForward), ("D backward", phases.DiscriminatorBackward),
        ("G forward in D steps", phases.GeneratorForward), ("G step", phases.Generator),
        ("optimisers", phases.Optimizer), ("average", phases.Ema), ("data", phases.Data),
        ("other", phases.Other),
    ];
}
