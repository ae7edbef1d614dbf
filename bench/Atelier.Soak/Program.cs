// Atelier.Soak DATA RECIPE [STEPS] [WARM-UP]: trains for a while and tells whether memory grows. The bars: as
// many live tensors after the last step as after step 10, and less than 1 KB of resident memory a step.
// Atelier.Soak loader DATA [MINUTES]: loads batches for an hour, or for so long, and tells whether anything
// grows.
using System.Globalization;
using Atelier.Data;
using Atelier.Nn;
using Atelier.Soak;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;
using Atelier.Training.Signals;

if (args is ["loader", var data, .. var rest])
{
    var minutes = rest is [var given] ? double.Parse(given, CultureInfo.InvariantCulture) : 60;
    return new LoaderSoak(data).Run(TimeSpan.FromMinutes(minutes));
}

const double Bar = 1024;
var steps = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1200;
var warmUp = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 200;
var text = steps.ToString(CultureInfo.InvariantCulture);
var recipe = RecipeResolver.ResolveFile(args[1], new RecipeOverrides
{
    Set =
    [
        $"training.steps={text}", $"snapshots.checkpoint_every_steps={text}",
        "snapshots.samples_every_steps=null",
        "snapshots.metrics_every_steps=null",
    ],
});
var scratch = Directory.CreateTempSubdirectory("atelier-soak-").FullName;
try
{
    using var packed = DatasetOpener.OpenOrPack(
        args[0], Path.Combine(scratch, "data.atl"),
        new PackOptions { Size = recipe.Recipe.Data.Size.Height });
    var watch = new MemoryWatch(warmUp);
    using var loop = new TrainingLoop(new TrainingRequest
    {
        Recipe = recipe,
        Dataset = RunDataset.Of(packed),
        Folder = RunFolder.CreateExact(Path.Combine(scratch, "run")),
        Precision = Precision.Float32,
        Observer = watch,
        Stop = new StopSignal(),
    });
    loop.Run();
    var slope = watch.BytesPerStep();
    var (before, after) = (watch.LiveAfter(10), watch.LiveAfter(steps));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"live tensors: {before} after step 10, {after} after step {steps}; resident memory: {slope:0} " +
        $"bytes a step over {steps - warmUp} steps, {watch.LastBytes() / 1048576} MiB at the end"));
    return before == after && slope < Bar ? 0 : 1;
}
finally
{
    Directory.Delete(scratch, recursive: true);
}
