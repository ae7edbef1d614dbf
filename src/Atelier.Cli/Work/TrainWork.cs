using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;
using Atelier.Metrics;
using Atelier.Text;
using Atelier.Torch;
using Atelier.Training.Evaluation;
using Atelier.Training.Loop;
using Atelier.Training.Progress;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;
using Atelier.Training.Signals;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier train</c>, which the demo uses too.</summary>
internal sealed class TrainWork(CliServices services)
{
    private const string AutoResume = "auto";

    /// <summary>Trains, from the request to the exit code.</summary>
    public ExitCode Run(TrainRequest request)
    {
        var device = DeviceChoice.Settle(request.Device);
        var resumes = Resumes(request);
        var recipe = resumes
            ? Resumed(request)
            : RecipeWork.Resolve(services.Home, request.Recipe, request.Overrides);
        if (request.DryRun) return new PreflightWork(services).Run(request, recipe);
        var (outcome, folder) =
            Train(recipe, request.Data, request.Output, resumes, request.Backbone, device);
        Report(outcome, folder, recipe.Recipe.Training.Steps);
        return outcome.Stopped is { } reason
            ? (ExitCode)reason.ExitCodeAfterSave(requeue: false)
            : ExitCode.Ok;
    }

    /// <summary>Trains a settled recipe in a folder.</summary>
    public (TrainingOutcome Outcome, RunFolder Folder) Train(
        ResolvedRecipe recipe, string data, string output, bool resumes, string? backbone,
        Device? device = null)
    {
        // Before anything is written.
        TorchRuntime.EnsureLoaded();
        DatasetOpener.Identify(data);
        services.Signals.Listen();
        var keepsFolder = Directory.Exists(output);
        var folder = resumes ? RunFolder.Open(output) : RunFolder.CreateExact(output);
        using var held = folder.Lock();
        var hasBegun = resumes;
        try
        {
            return (
                Train(
                    recipe, data, folder, resumes, backbone, device ?? Device.Cpu, () => hasBegun = true),
                folder);
        }
        finally
        {
            // A run that could not begin leaves nothing that stands in the way of the next attempt.
            if (!hasBegun) folder.Discard(keepsFolder);
        }
    }

    private TrainingOutcome Train(
        ResolvedRecipe recipe, string data, RunFolder folder, bool resumes, string? backbone, Device device,
        Action begin)
    {
        // The recipe makes a folder a run. A resumed run keeps its own until the checkpoint has taken the new
        // one.
        if (!resumes) folder.WriteRecipe(recipe);
        using var packed = OpenData(data, folder, recipe);
        folder.WriteEnvironment(RunEnvironment.Capture(
            Environment.GetCommandLineArgs()[1..], Facts(packed, recipe)));
        var display = TrainingDisplays.For(services);
        using var recorder = new RunRecorder(folder, Resumable.StepOf(folder, resumes), services.Output.Warn);
        using var judge = BackboneFinder.Find(services, packed, backbone);
        using var loop = new TrainingLoop(new TrainingRequest
        {
            Recipe = recipe,
            Dataset = RunDataset.Of(packed),
            Folder = folder,
            Precision = PrecisionSelector.Settle(recipe.Recipe.Training.Precision, device.Type),
            Device = device,
            Resumes = resumes,
            Evaluator = Evaluator(judge, packed, recipe.Recipe),
            Observer = new ObserverGroup(new TrainingView(display, services.Output.Warn), recorder),
            Stop = services.Signals,
        });
        if (resumes)
        {
            // Noted before the new recipe is written: a kill in between notes it twice, not never.
            folder.NoteInterventions(loop.Session.Step, RecipeChange.Between(Stored(folder), recipe));
            folder.WriteRecipe(recipe);
        }

        begin();
        return display.Run(loop.Run);
    }

    /// <summary>Opens a packed dataset, or packs what else it is into the run's folder, once.</summary>
    internal PackedDataset OpenData(string data, RunFolder folder, ResolvedRecipe recipe)
    {
        var packed = Path.Combine(folder.Path, "dataset.atl");
        if (DatasetOpener.Identify(data) != DatasetKind.Packed && PackedDataset.Recognises(packed))
            return Reopen(packed, data);
        using var view = new PackView(services);
        return DatasetOpener.OpenOrPack(
            data, packed, new PackOptions { Size = recipe.Recipe.Data.Size }, null, view,
            services.Signals.Token);
    }

    /// <summary>What an earlier start packed, if it was packed from this source.</summary>
    private static PackedDataset Reopen(string path, string data)
    {
        using var source = DatasetOpener.OpenSource(data);
        var packed = PackedDataset.Open(path);
        var info = packed.Info();
        if (info.Source == source.Description && packed.ClassNames.SequenceEqual(source.ClassNames) &&
            info.Splits.Select(static s => (s.Name, s.Count)).SequenceEqual(
                source.Splits.Select(static s => (s.Name, s.Count))))
            return packed;
        packed.Dispose();
        throw new AtelierException(
            FailureKind.Checkpoint,
            $"'{data}' ({Counted.Of(source.Count, "image")} in " +
            $"{Counted.Of(source.ClassNames.Count, "class")}) is not what this run " +
            $"began with: {info.Source}, {Counted.Of(info.Count, "image")} in " +
            $"{Counted.Of(info.Classes.Count, "class")}, packed as " +
            $"{path}. Give the first one, or begin another run with another --out.");
    }

    private RunEvaluator? Evaluator(IBackbone? backbone, PackedDataset packed, Recipe recipe)
    {
        if (recipe.Snapshots.Metrics.Count == 0) return null;
        var metrics = MetricCatalogue.Create(recipe.Snapshots.Metrics);
        if (backbone is null && metrics.Any(static metric => metric.NeedsBackbone()))
        {
            services.Output.Progress(
                "No shipped evaluation classifier fits this dataset, so the run is not scored; see " +
                "'atelier backbone train'.");
            return null;
        }

        var run = new MetricRun(
            backbone, new PackedImageSet(BackboneFinder.Reference(packed)), metrics,
            Scoring.Options(services));
        return new RunEvaluator(run, recipe.Snapshots.MetricSamples);
    }

    private static Dictionary<string, string> Facts(PackedDataset packed, ResolvedRecipe recipe) => new()
    {
        ["libtorch"] = TorchRuntime.Version,
        ["threads"] = TorchRuntime.ThreadCount.ToString(CultureInfo.InvariantCulture),
        ["dataset"] = packed.ContentHash,
        ["recipe"] = recipe.Sha256,
    };

    internal static bool Resumes(TrainRequest request)
    {
        if (request.Resume is null) return false;
        if (request.Resume != AutoResume)
            throw new AtelierException(
                FailureKind.Usage,
                $"--resume is '{request.Resume}'; expected auto, which goes on from the newest sound " +
                "checkpoint of --out.");
        return RunFolder.IsRun(request.Output);
    }

    private ResolvedRecipe Resumed(TrainRequest request)
    {
        var wanted = RecipeWork.Resolve(services.Home, request.Recipe, request.Overrides);
        var changes = RecipeChange.Between(Stored(RunFolder.Open(request.Output)), wanted);
        RecipeChange.CheckResumable(changes);
        foreach (var change in changes) services.Output.Warn($"the resumed run changes {change}");
        return wanted;
    }

    /// <summary>What the run was told before, whatever the environment says now.</summary>
    private static ResolvedRecipe Stored(RunFolder folder) => RecipeResolver.ResolveFile(folder.RecipePath);

    private void Report(TrainingOutcome outcome, RunFolder folder, long totalSteps)
    {
        services.Output.Document(
            new TrainReport(
                folder.Path, outcome.Step, totalSteps, outcome.Stopped is not null,
                ScoreLine.Of(outcome.Metrics)),
            OutputJson.Default.TrainReport);
        foreach (var metric in outcome.Metrics) services.Output.Result(ScoreLine.Text(metric));
        services.Output.Result(outcome.Stopped is null
            ? $"Done: {folder.Path}. Next: atelier sample {ShellWord.Of(folder.Path)} -o grid.png"
            : $"Stopped and saved at step {outcome.Step} of {totalSteps}. Go on with the same command and " +
              "--resume auto.");
    }
}
