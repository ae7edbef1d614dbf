using System.Globalization;
using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Cli.Parsing;
using Atelier.Data;
using Atelier.Gan;
using Atelier.Training.Ablation;
using Atelier.Training.Checkpoints;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;
using Atelier.Training.Signals;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier ablate</c>.</summary>
internal sealed class AblateWork(CliServices services)
{
    // A killed run loses at most so large a share of itself.
    private const int CheckpointsOfARun = 5;

    /// <summary>Runs what has not been run, from the request to the exit code.</summary>
    public ExitCode Run(AblateRequest request)
    {
        DeviceChoice.Check(request.Device);
        using var dataset = PackedDataset.Open(request.Data);
        var images = RunDataset.Of(dataset);
        var start = RecipeWork.Resolve(services.Home, request.Recipe, request.Overrides).Recipe;
        var variants = AblationPlan.Of(start, request.Rows, request.OneAtATime, request.BatchFactor);
        // A row after a row, then the next seed: a table that is not finished has all its rows soon.
        List<AblateJob> jobs =
        [
            .. Enumerable.Range(0, request.Seeds).SelectMany(k =>
                variants.Select(v => new AblateJob(v, Resolve(request, start, v, k)))),
        ];
        if (request.DryRun) return new AblatePlanWork(services).Run(request, images, jobs);

        BackboneFinder.Require(services, dataset, request.Backbone).Dispose();
        OutputFolder.Prepare(request.Output);
        var store = new AblationStore(request.Output);
        var found = jobs.Select(job =>
            store.Find(job.Variant, job.Seed, job.Recipe, images.Train.ContentHash)).ToList();
        var cells = found.OfType<AblationCell>().ToList();
        StopReason? stopped = null;
        for (var k = 0; k < jobs.Count && stopped is null; k++)
        {
            services.Output.Progress(string.Create(
                CultureInfo.InvariantCulture,
                $"[{k + 1}/{jobs.Count}] {jobs[k].Variant.Label}, seed {jobs[k].Seed}") +
                (found[k] is null ? "" : ": done before"));
            if (found[k] is not null) continue;
            (var cell, stopped) = Train(request, store, jobs[k], images.Train.ContentHash);
            if (cell is null) break;
            store.Write(jobs[k].Variant, cell);
            cells.Add(cell);
            Save(Report(request, start, jobs, cells));
        }

        return Finish(Report(request, start, jobs, cells), stopped);
    }

    /// <summary>The recipe of a row with its seed, scored at its end and nowhere else.</summary>
    private ResolvedRecipe Resolve(AblateRequest request, Recipe start, AblationVariant variant, int seed)
    {
        var every = Math.Clamp(
            start.Training.Steps / CheckpointsOfARun, 1, start.Snapshots.CheckpointEverySteps);
        IEnumerable<(string Key, string Value)> settings =
        [
            .. variant.Settings,
            ("training.seed", Text(start.Training.Seed + seed)),
            ("snapshots.samples_every_steps", "null"),
            ("snapshots.metrics_every_steps", "null"),
            ("snapshots.checkpoint_every_steps", Text(every)),
            ("snapshots.keep_last", "1"),
            ("snapshots.keep_best", "0"),
            ("snapshots.metrics", "fid,is"),
            ("snapshots.metric_samples", Text(request.Count)),
        ];
        return RecipeWork.Resolve(
            services.Home, request.Recipe,
            [
                .. request.Overrides,
                .. settings.Select(static s => new RecipeOverride(s.Key, s.Value, "--set")),
            ]);
    }

    private (AblationCell? Cell, StopReason? Stopped) Train(
        AblateRequest request, AblationStore store, AblateJob job, string datasetHash)
    {
        store.Prepare(job.Variant, job.Seed);
        var place = store.RunOf(job.Variant, job.Seed);
        try
        {
            var (outcome, folder) = new TrainWork(services).Train(
                job.Recipe, request.Data, place, RunFolder.IsRun(place), request.Backbone);
            if (outcome.Stopped is { } reason) return (null, reason);
            var (fid, score) = (
                outcome.Metrics.Single(static m => m.Name == "fid"),
                outcome.Metrics.Single(static m => m.Name == "is_mean"));
            return (Cell(job, datasetHash, outcome.Step, folder) with
            {
                Fid = fid.Value,
                Score = score.Value,
                FidProtocol = fid.Protocol.Id,
                ScoreProtocol = score.Protocol.Id,
            }, null);
        }
        catch (AtelierException error) when (error.Kind == FailureKind.Numeric)
        {
            // A collapse is a result of this row, and no reason to leave the others out.
            services.Output.Warn($"{job.Variant.Label}, seed {job.Seed} failed: {error.Message}");
            var folder = RunFolder.Open(place);
            var step = new CheckpointReader(folder.CheckpointsFolder).Steps is [var newest, ..] ? newest : 0;
            return (Cell(job, datasetHash, step, folder) with { Failure = error.Message }, null);
        }
    }

    private static AblationCell Cell(AblateJob job, string datasetHash, long step, RunFolder folder) => new()
    {
        Variant = job.Variant.Name,
        Seed = job.Seed,
        RecipeSha256 = job.Recipe.Sha256,
        DatasetHash = datasetHash,
        Steps = step,
        GeneratorParameters = Weights(folder),
    };

    private static long Weights(RunFolder folder)
    {
        var newest = new CheckpointReader(folder.CheckpointsFolder).LoadLatest();
        if (newest is null) return 0;
        using var session = new GeneratorSession(newest.PathOf(SessionCheckpoint.AverageFile));
        return session.Generator.ParameterCount();
    }

    private static AblateReport Report(
        AblateRequest request, Recipe start, List<AblateJob> jobs, List<AblationCell> cells)
    {
        var variants = jobs.Select(static j => j.Variant).Distinct().ToList();
        var scored = cells.Where(static c => c.Failure is null).ToList();
        return new AblateReport(
            request.Output, start.Name, start.Training.Steps, request.Count, request.OneAtATime,
            cells.Count == jobs.Count, scored.FirstOrDefault()?.FidProtocol,
            scored.FirstOrDefault()?.ScoreProtocol,
            [
                .. AblationRow.Table(variants, cells)
                    .Select(row => Row(
                        row, variants.Find(v => v.Name == row.Variant.ComparedWith)?.Label,
                        jobs.First(j => j.Variant == row.Variant).Recipe.Recipe)),
            ]);
    }

    private static AblateReportRow Row(AblationRow row, string? comparedWith, Recipe recipe)
    {
        var paper = row.Variant.Change?.Paper;
        return new AblateReportRow(
            row.Variant.Label, comparedWith, recipe.Training.BatchSize, recipe.Model.Channels,
            recipe.Model.SharedEmbedding, recipe.Model.HierarchicalLatent,
            recipe.Training.Regularisation.Orthogonal.Generator,
            row.Cells is [var cell, ..] ? cell.GeneratorParameters : null,
            row.Fid.Count, row.Cells.Count(static c => c.Failure is not null), Known(row.Fid),
            row.Fid.Deviation, Known(row.Score), row.Score.Deviation, AblateText.Word(row.FidVerdict),
            AblateText.Word(row.ScoreVerdict), paper is null ? null : [paper.FidBefore, paper.FidAfter],
            paper is null ? null : [paper.ScoreBefore, paper.ScoreAfter]);
    }

    private static double? Known(Spread spread) => spread.Count > 0 ? spread.Mean : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Save(AblateReport report) =>
        AblateText.Write(report, JsonSerializer.Serialize(report, OutputJson.Default.AblateReport) + "\n");

    private ExitCode Finish(AblateReport report, StopReason? stopped)
    {
        if (report.Rows.Any(static r => r.Seeds + r.Failed > 0)) Save(report);
        foreach (var line in AblateText.Lines(report)) services.Output.Result(line);
        services.Output.Result(stopped is null
            ? Path.Combine(report.Folder, "ablation.md")
            : "Stopped and saved. The same command goes on.");
        services.Output.Document(report, OutputJson.Default.AblateReport);
        return stopped is { } reason ? (ExitCode)reason.ExitCodeAfterSave(requeue: false) : ExitCode.Ok;
    }
}
