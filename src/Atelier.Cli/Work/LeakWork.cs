using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Text;
using Atelier.Training.Checkpoints;
using Atelier.Training.Evaluation;
using Atelier.Training.Loop;
using Atelier.Training.RunDirectory;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier leak</c>.</summary>
internal sealed class LeakWork(CliServices services)
{
    private const int ShownPairs = 5;

    /// <summary>Looks at every checkpoint, from the request to the exit code.</summary>
    public ExitCode Run(LeakRequest request)
    {
        DeviceChoice.Check(request.Device);
        var run = RunFolder.Open(request.Run);
        var checkpoints = Checkpoints(run);
        using var dataset = request.Data is null ? null : PackedDataset.Open(request.Data);
        OutputFolder.Prepare(request.Output);
        using var backbone = Backbone(request, checkpoints[^1], dataset);
        var looked = checkpoints.Select(c => Look(request, c, backbone)).ToList();
        var report = new LeakReport(
            run.Path, request.Count, request.Truncation, backbone.ClassNames, looked,
            HeldOut(dataset, backbone, request), []);
        if (request.Output is { } folder) report = report with { Files = LeakFiles.Write(report, folder) };
        Show(report);
        services.Output.Document(report, OutputJson.Default.LeakReport);
        return ExitCode.Ok;
    }

    /// <summary>The sound checkpoints, the earliest first.</summary>
    private List<Checkpoint> Checkpoints(RunFolder run)
    {
        var reader = new CheckpointReader(run.CheckpointsFolder);
        var sound = new List<Checkpoint>();
        foreach (var step in reader.Steps.Reverse())
        {
            try
            {
                sound.Add(reader.Load(step));
            }
            catch (AtelierException error) when (error.Kind == FailureKind.Checkpoint)
            {
                services.Output.Warn($"{error.Message}; it is left out");
            }
        }

        return sound.Count > 0
            ? sound
            : throw new AtelierException(
                FailureKind.Checkpoint,
                $"The run '{run.Path}' has no sound checkpoint to look at. Let it train a little longer.");
    }

    private IBackbone Backbone(
        LeakRequest request, Checkpoint newest, PackedDataset? dataset)
    {
        using var session = new GeneratorSession(newest.PathOf(SessionCheckpoint.AverageFile));
        var generator = session.Generator;
        ModelDataMatch.RequireClasses(session, "leak");
        if (dataset is not null) ModelDataMatch.Check(session, dataset);
        var backbone = BackboneFinder.Find(
            services, new BackboneInput(generator.ImageChannels, generator.ImageSize),
            session.Card.ClassNames, request.Backbone) ?? throw new AtelierException(
                FailureKind.Usage,
                "No shipped evaluation classifier knows this run's " +
                $"{Counted.Of(generator.ClassCount, "class")}. Make " +
                "one with 'atelier backbone train' and name it with --backbone.");
        try
        {
            ModelDataMatch.Check(session, backbone);
            return backbone;
        }
        catch
        {
            backbone.Dispose();
            throw;
        }
    }

    private LeakCheckpoint Look(
        LeakRequest request, Checkpoint checkpoint, IBackbone backbone)
    {
        using var session = new GeneratorSession(checkpoint.PathOf(SessionCheckpoint.AverageFile));
        session.GatherStatistics(request.Truncation);
        using var feed = new GeneratorFeed(session.Generator, request.Truncation, (ulong)request.Seed);
        var confusion = ConfusionRun.Of(
            backbone, feed.Next, request.Count, Scoring.Shown(services, request.Batch));
        services.Output.Progress(string.Create(
            CultureInfo.InvariantCulture,
            $"step {checkpoint.Step}: {confusion.Leak:P1} are seen as another class"));
        var classes = Enumerable.Range(0, confusion.ClassCount).ToList();
        return new LeakCheckpoint(
            checkpoint.Step, confusion.Leak, [.. classes.Select(confusion.LeakOf)],
            [.. classes.Select(asked => (IReadOnlyList<long>)[.. classes.Select(s => confusion[asked, s])])],
            [
                .. confusion.Worst(ShownPairs).Select(leak => new LeakPair(
                    backbone.ClassNames[leak.Asked], backbone.ClassNames[leak.Seen], leak.Share)),
            ]);
    }

    /// <summary>What the classifier gets wrong of real images: leakage below it cannot be seen.</summary>
    private double? HeldOut(
        PackedDataset? dataset, IBackbone backbone, LeakRequest request)
    {
        if (dataset is null) return null;
        if (OpenedImages.HeldOut(dataset, null) is not { } view)
        {
            services.Output.Warn(
                $"'{dataset.Path}' has no test split, so there are no held-out images to compare with.");
            return null;
        }

        var images = new PackedImageSet(view);
        return ConfusionRun.Of(
            backbone, ImageFeeds.Of(images), images.Count, Scoring.Shown(services, request.Batch)).Leak;
    }

    private void Show(LeakReport report)
    {
        var names = report.ClassNames;
        var lines = TextTable.Lines(
            ["step", "seen as another class", "worst class", "worst pair"],
            report.Checkpoints.Select(c => (IReadOnlyList<string>)
            [
                c.Step.ToString(CultureInfo.InvariantCulture), Percent(c.Leak),
                $"{names[IndexOfLargest(c.LeakOfClass)]} {Percent(c.LeakOfClass.Max())}",
                c.Worst is [var pair, ..] ? $"{pair.Asked} as {pair.Seen} {Percent(pair.Share)}" : "none",
            ]));
        foreach (var line in lines) services.Output.Result(line);
        if (report.HeldOutLeak is { } real)
            services.Output.Result(
                $"of held-out real images the classifier takes {Percent(real)} for another class");
        if (report.Checkpoints.Count < 3)
            services.Output.Result(
                "A run keeps few checkpoints unless told otherwise: train with --set " +
                "snapshots.keep_last=1000 to see a trend.");
        foreach (var file in report.Files) services.Output.Result(file);
    }

    private static int IndexOfLargest(IReadOnlyList<double> shares) =>
        Enumerable.Range(0, shares.Count).MaxBy(k => shares[k]);

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
}
