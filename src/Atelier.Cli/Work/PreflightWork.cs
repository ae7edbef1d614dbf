using System.Diagnostics;
using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Nn;
using Atelier.Text;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;

namespace Atelier.Cli.Work;

/// <summary>
/// The body of <c>atelier train -n</c>: everything that a run does, checked, with one real step, nothing
/// kept.
/// </summary>
internal sealed class PreflightWork(CliServices services)
{
    /// <summary>Checks a run.</summary>
    public ExitCode Run(TrainRequest request, ResolvedRecipe recipe)
    {
        if (!TrainWork.Resumes(request)) RunFolder.CheckFree(request.Output);
        var scratch = Path.Combine(Path.GetTempPath(), "atelier-" + Path.GetRandomFileName());
        try
        {
            var folder = RunFolder.CreateExact(scratch);
            var packing = DatasetOpener.Identify(request.Data) != DatasetKind.Packed;
            var started = Stopwatch.StartNew();
            using var packed = new TrainWork(services).OpenData(request.Data, folder, recipe);
            var packSeconds = packing ? started.Elapsed.TotalSeconds : 0;
            var device = DeviceChoice.Settle(request.Device);
            var precision = PrecisionSelector.Settle(recipe.Recipe.Training.Precision, device.Type);
            var plan = Preflight.Measure(
                recipe, RunDataset.Of(packed), precision, request.Output, device);
            Show(plan, recipe, packed, packSeconds);
            plan.ThrowIfTooLarge();
            return ExitCode.Ok;
        }
        finally
        {
            if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        }
    }

    private void Show(PreflightResult plan, ResolvedRecipe recipe, PackedDataset packed, double packSeconds)
    {
        var output = services.Output;
        var hours = plan.SecondsPerStep * recipe.Recipe.Training.Steps / 3600;
        var training = recipe.Recipe.Training;
        var packing = packSeconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $", packed in {packSeconds:0.0} s")
            : "";
        output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"recipe   {recipe.Recipe.Name}, {Counted.Of(training.Steps, "step")} of " +
            $"{Counted.Of(training.ImagesPerStep, "image")}, " +
            $"{PrecisionSelector.Word(plan.Precision)}"));
        output.Result($"data     {RunDataset.Of(packed).Describe()}{packing}");
        output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"model    G {plan.GeneratorParameters:n0} weights, D {plan.DiscriminatorParameters:n0}"));
        if (RecipeExtras.Of(recipe.Recipe) is { Count: > 0 } extras)
            output.Result($"extras   {string.Join("; ", extras)}");
        output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"time     {plan.SecondsPerStep:0.000} s a step, about {hours:0.00} h in all"));
        output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"memory   {plan.PeakMemoryBytes / 1048576} MiB at the peak, " +
            $"{plan.MemoryBytes / 1048576} MiB there"));
        output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"disk     {plan.DiskNeededBytes / 1048576} MiB for checkpoints, " +
            $"{plan.DiskFreeBytes / 1048576} MiB free"));
        output.Document(
            new PreflightReport(
                recipe.Recipe.Name, packed.Path, RunDataset.Of(packed).Train.Count, packed.ClassNames.Count,
                plan.GeneratorParameters, plan.DiscriminatorParameters, plan.Precision.ToString(),
                plan.SecondsPerStep, hours,
                plan.PeakMemoryBytes, plan.MemoryBytes, plan.DiskNeededBytes, plan.DiskFreeBytes),
            OutputJson.Default.PreflightReport);
    }
}
