using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier eval --real FILE --fake FILE</c>.</summary>
internal sealed class EvalStoredWork(CliServices services)
{
    /// <summary>Scores stored tensors, from the request to the exit code.</summary>
    public ExitCode Run(EvalStoredRequest request)
    {
        services.Signals.Listen();
        using var scope = new TensorScope();
        var metrics = MetricCatalogue.Create(request.Metrics, request.Options);
        using var real = StoredTensors.Read(request.Real);
        using var fake = StoredTensors.Read(request.Fake);
        var results = StoredRun.Run(
            real, fake, metrics,
            Scoring.Shown(services) with { LeavesOutUnfit = request.LeavesOutUnfit },
            services.Signals.Token);
        foreach (var result in results) services.Output.Result(ScoreLine.Text(result));
        EvalChart.Write(request.Chart, Path.GetFileName(request.Fake), results);
        services.Output.Document(
            EvalReport.Of(request.Fake, fake.Count, results), OutputJson.Default.EvalReport);
        return ExitCode.Ok;
    }
}
