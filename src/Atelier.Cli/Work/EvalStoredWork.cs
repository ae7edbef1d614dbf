using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier eval --real FILE --fake FILE</c>.</summary>
internal sealed class EvalStoredWork(CliServices services)
{
    /// <summary>Scores stored features, from the request to the exit code.</summary>
    public ExitCode Run(EvalStoredRequest request)
    {
        using var scope = new TensorScope();
        using var real = StoredFeatures.Read(request.Real);
        using var fake = StoredFeatures.Read(request.Fake);
        var results = StoredMetrics.Compute(
            real, fake, request.Metrics, request.Options with { Warn = services.Output.Warn });
        foreach (var result in results) services.Output.Result(ScoreLine.Text(result));
        services.Output.Document(
            new EvalReport(request.Fake, fake.Count, ScoreLine.Of(results)), OutputJson.Default.EvalReport);
        return ExitCode.Ok;
    }
}
