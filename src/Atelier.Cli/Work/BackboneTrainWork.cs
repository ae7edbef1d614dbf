using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier backbone train</c>.</summary>
internal sealed class BackboneTrainWork(CliServices services)
{
    /// <summary>Trains and saves, from the request to the exit code.</summary>
    public ExitCode Run(BackboneTrainRequest request)
    {
        DeviceChoice.Check(request.Device);
        using var dataset = PackedDataset.Open(request.Data);
        using var separate = request.Test is null ? null : PackedDataset.Open(request.Test);
        var (train, test) = Sets(dataset, separate);
        var options = request.Options with { Command = Command(request) };
        services.Signals.Listen();
        using var start = request.Start is null ? null : SmallClassifierBackbone.Load(request.Start);
        using var trained =
            BackboneTrainer.Train(train, test, options, Show, start, services.Signals.Token);
        trained.Backbone.Save(request.Output);
        var bytes = new FileInfo(request.Output).Length;
        services.Output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Output}: test accuracy {trained.TestAccuracy:P2} on {test.Count} images, " +
            $"{bytes / 1024} KiB, {trained.Elapsed.TotalSeconds:0} s"));
        services.Output.Document(
            new BackboneReport(
                request.Output, trained.TestAccuracy, trained.Elapsed.TotalSeconds, bytes,
                trained.Backbone.Sha256),
            OutputJson.Default.BackboneReport);
        return ExitCode.Ok;
    }

    private static string Command(BackboneTrainRequest request)
    {
        var options = request.Options;
        var command = string.Create(
            CultureInfo.InvariantCulture,
            $"atelier backbone train --data {ShellWord.Of(Path.GetFileName(request.Data))}{Shape(request)} " +
            $"--epochs {options.Epochs} --batch-size {options.BatchSize} --shift {options.ShiftPixels} " +
            $"--seed {options.Seed}");
        var usual = BackboneOptions.Of(options.Design, options.BatchSize).PeakLearningRate;
        if (!options.PeakLearningRate.Equals(usual))
            command += string.Create(CultureInfo.InvariantCulture, $" --rate {options.PeakLearningRate}");
        if (options.CutoutPixels > 0)
            command += string.Create(CultureInfo.InvariantCulture, $" --cutout {options.CutoutPixels}");
        if (!options.Flips) command += " --no-flip";
        return request.Start is null
            ? command
            : $"{command} --from {ShellWord.Of(Path.GetFileName(request.Start))}";
    }

    private static string Shape(BackboneTrainRequest request) => request.Start is not null
        ? ""
        : $" --design {request.Options.Design.ToString().ToLowerInvariant()} --blocks " +
            ShellWord.Of(request.Options.Blocks);

    private static (PackedImageSet Train, PackedImageSet Test) Sets(
        PackedDataset dataset, PackedDataset? separate)
    {
        var train = new PackedImageSet(BackboneFinder.Reference(dataset));
        if (separate is not null) return (train, new PackedImageSet(separate.Split(separate.Splits[0].Name)));
        var test = dataset.Splits.FirstOrDefault(static s => s.Name is "test" or "val")
            ?? throw new AtelierException(
                FailureKind.Usage,
                $"'{dataset.Path}' has no test split to report the accuracy on. Pack a source with train " +
                "and test folders, or name another dataset with --test.");
        return (train, new PackedImageSet(dataset.Split(test.Name)));
    }

    private void Show(BackboneProgress progress)
    {
        var tested = progress.TestAccuracy is { } accuracy
            ? string.Create(CultureInfo.InvariantCulture, $", test accuracy {accuracy:P2}")
            : "";
        services.Output.Progress(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs} step {progress.Step}/{progress.Steps} loss " +
            $"{progress.Loss:0.000} accuracy {progress.Accuracy:P1}{tested}, {progress.ImagesPerSecond:0} " +
            $"img/s, {progress.Remaining:h\\:mm\\:ss} left"));
    }
}
