using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Text;
using Atelier.Training.Loop;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier ablate --dry-run</c>: a few steps of every row, nothing kept.</summary>
internal sealed class AblatePlanWork(CliServices services)
{
    /// <summary>Times the rows.</summary>
    public ExitCode Run(AblateRequest request, RunDataset images, IReadOnlyList<AblateJob> jobs)
    {
        var rows = new List<AblatePlanRow>();
        foreach (var job in jobs.DistinctBy(static j => j.Variant.Name))
        {
            var measured = Preflight.Measure(
                job.Recipe, images, PrecisionSelector.Settle(job.Recipe.Recipe.Training.Precision),
                request.Output);
            measured.ThrowIfTooLarge();
            rows.Add(new AblatePlanRow(
                job.Variant.Label, measured.GeneratorParameters, measured.DiscriminatorParameters,
                measured.SecondsPerStep));
        }

        var recipe = jobs[0].Recipe.Recipe;
        var minutes =
            rows.Sum(static r => r.SecondsPerStep) * recipe.Training.Steps * request.Seeds / 60;
        var lines = TextTable.Lines(
            ["row", "G weights", "D weights", "s a step"],
            rows.Select(static r => (IReadOnlyList<string>)
            [
                r.Name, r.GeneratorParameters.ToString("n0", CultureInfo.InvariantCulture),
                r.DiscriminatorParameters.ToString("n0", CultureInfo.InvariantCulture),
                r.SecondsPerStep.ToString("0.000", CultureInfo.InvariantCulture),
            ]));
        foreach (var line in lines) services.Output.Result(line);
        services.Output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted.Of(jobs.Count, "run")} of {Counted.Of(recipe.Training.Steps, "step")}: about " +
            $"{minutes:0.0} minutes of training, " +
            $"and {Counted.Of(jobs.Count, "score")} of {Counted.Of(request.Count, "image")}"));
        services.Output.Document(
            new AblatePlanReport(recipe.Name, recipe.Training.Steps, request.Seeds, rows, minutes),
            OutputJson.Default.AblatePlanReport);
        return ExitCode.Ok;
    }
}
