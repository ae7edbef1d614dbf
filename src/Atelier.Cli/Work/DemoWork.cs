using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Cli.Parsing;
using Atelier.Cli.Progress;
using Atelier.Data;
using Atelier.Gan;
using Atelier.Torch;
using Atelier.Training.Checkpoints;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;
using Atelier.Training.Signals;

namespace Atelier.Cli.Work;

/// <summary>
/// The body of <c>atelier demo</c>: real images to a trained generator, pictures and scores.
/// </summary>
internal sealed class DemoWork(CliServices services)
{
    private const string RecipeName = "biggan32-fashion";
    private const string Images = "/usr/share/datasets/fashion-mnist";
    private const int Columns = 10;
    private const int PictureSize = 32;
    private const ulong Seed = 3;
    private static readonly double?[] Truncations = [null, 1.5, 1.0, 0.5, 0.2];

    /// <summary>Runs the demo.</summary>
    /// <param name="duration">How long to train.</param>
    /// <param name="output">The folder of the run; null for the next number under runs.</param>
    /// <param name="overrides">What replaces the recipe's values.</param>
    public ExitCode Run(TimeSpan duration, string? output, IReadOnlyList<RecipeOverride> overrides)
    {
        if (!Directory.Exists(Images))
            throw new AtelierException(
                FailureKind.Dataset,
                $"Fashion-MNIST is not in {Images}. Install it with 'apt-get install " +
                "dataset-fashion-mnist', or train on your own images with 'atelier train'.");
        var data = PackOnce();
        var (recipe, seconds) = ForDuration(data, duration, overrides);
        var place = output ?? RunFolder.CreateNumbered("runs", RecipeName).Path;
        services.Output.Progress(string.Create(
            CultureInfo.InvariantCulture,
            $"Training {RecipeName} on 60,000 pictures of clothes: {recipe.Recipe.Training.Steps} steps, " +
            $"about {seconds / 60:0.0} minutes."));
        var (outcome, folder) = new TrainWork(services).Train(
            recipe, data, place, resumes: false, backbone: null);
        if (outcome.Stopped is { } reason)
        {
            services.Output.Result(
                $"Stopped and saved. Go on: atelier train --recipe {ShellWord.Of(folder.RecipePath)} " +
                $"--data {ShellWord.Of(data)} " +
                $"--out {ShellWord.Of(folder.Path)} --resume auto");
            return (ExitCode)reason.ExitCodeAfterSave(requeue: false);
        }

        var pictures = Draw(folder);
        Report(outcome, folder, pictures);
        return ExitCode.Ok;
    }

    /// <summary>The packed pictures, in the cache: every demo uses the same file.</summary>
    private string PackOnce()
    {
        var folder = Path.Combine(XdgFolders.Cache(services.Environment), "datasets");
        var packed = Path.Combine(folder, "fashion-mnist-32.atl");
        if (PackedDataset.Recognises(packed)) return packed;
        services.Output.Progress("Packing 70,000 pictures into one file.");
        Directory.CreateDirectory(folder);
        using var source = DatasetOpener.OpenSource(Images);
        using var view = new PackView(services);
        DatasetPacker.Pack(source, packed, new PackOptions { Size = PictureSize }, view);
        return packed;
    }

    /// <summary>The recipe with as many steps as fit into the time, after a step of it was timed.</summary>
    private (ResolvedRecipe Recipe, double Seconds) ForDuration(
        string data, TimeSpan duration, IReadOnlyList<RecipeOverride> overrides)
    {
        var recipe = RecipeWork.Resolve(services.Home, RecipeName, overrides);
        using var packed = PackedDataset.Open(data);
        var plan = Preflight.Measure(
            recipe, RunDataset.Of(packed), PrecisionSelector.Settle(recipe.Recipe.Training.Precision), ".");
        var steps = Math.Max(1, (long)(duration.TotalSeconds / plan.SecondsPerStep));
        var sized = RecipeWork.Resolve(
            services.Home, RecipeName,
            [.. overrides, new RecipeOverride(
                "training.steps", steps.ToString(CultureInfo.InvariantCulture), "--set")]);
        return (sized, steps * plan.SecondsPerStep);
    }

    private static List<string> Draw(RunFolder folder)
    {
        var checkpoint = new CheckpointReader(folder.CheckpointsFolder).LoadLatest()!;
        using var session = new GeneratorSession(checkpoint.PathOf(SessionCheckpoint.AverageFile));
        var names = session.Card.ClassNames;
        var classes = Enumerable.Range(0, names.Count).ToList();
        var grid = Path.Combine(folder.Path, "grid.png");
        var interpolation = Path.Combine(folder.Path, "interpolation.png");
        var truncation = Path.Combine(folder.Path, "truncation.png");

        session.GatherStatistics(null);
        using (var random = new Generator(Device.Cpu, Seed))
        {
            var pixels = session.Draw(
                [.. classes.SelectMany(c => Enumerable.Repeat(c, Columns))], null, random);
            SampleWork.WriteRows(session, grid, pixels, names, Columns);
            var between = new InterpolationPlan
            {
                Rows = [.. classes.Select(static c => (c, c))], MovesLatent = true, MovesClass = false,
            };
            SampleWork.WriteRows(
                session, interpolation, session.DrawInterpolation(between, Columns, random), names, Columns);
        }

        DrawTruncation(session, truncation, classes);
        return [grid, interpolation, truncation];
    }

    /// <summary>A row a threshold, a column a class: from full variety to the most typical pieces.</summary>
    private static void DrawTruncation(GeneratorSession session, string path, List<int> classes)
    {
        var rows = new List<byte>();
        foreach (var threshold in Truncations)
        {
            using var random = new Generator(Device.Cpu, Seed);
            session.GatherStatistics(threshold);
            rows.AddRange(session.Draw(classes, threshold, random));
        }

        var labels = Truncations.Select(static t =>
            t is { } value ? string.Create(CultureInfo.InvariantCulture, $"|z|<={value}") : "all z").ToList();
        SampleWork.WriteRows(session, path, [.. rows], labels, classes.Count);
    }

    private void Report(TrainingOutcome outcome, RunFolder folder, List<string> pictures)
    {
        var output = services.Output;
        output.Result("");
        foreach (var metric in outcome.Metrics) output.Result(ScoreLine.Text(metric));
        foreach (var picture in pictures) output.Result(picture);
        output.Result("");
        output.Result("Next:");
        output.Result(
            "  ./atelier sample fashion32 -o grid.png                   a generator that trained longer");
        output.Result($"  ./atelier sample {ShellWord.Of(folder.Path)} --truncation 0.5 -o fine.png");
        output.Result(
            "  ./atelier data pack YOUR_FOLDER -o mine.atl --size 32    one sub-folder of images a class");
        output.Result("  ./atelier train --recipe biggan32-cifar10 --data mine.atl --out runs/mine -n");
        output.Document(
            new TrainReport(folder.Path, outcome.Step, outcome.Step, false, ScoreLine.Of(outcome.Metrics)),
            OutputJson.Default.TrainReport);
    }
}
