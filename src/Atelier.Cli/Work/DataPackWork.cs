using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Progress;
using Atelier.Data;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier data pack</c>.</summary>
internal sealed class DataPackWork(CliServices services)
{
    /// <summary>Packs, from the request to the exit code.</summary>
    /// <exception cref="OperationCanceledException">A signal came; what was done stays for the next
    /// call.</exception>
    public ExitCode Pack(DataPackRequest request)
    {
        services.Signals.Listen();
        using var source = Open(request);
        var report = Pack(source, request);
        foreach (var offender in report.Skipped)
            services.Output.Warn($"left out {offender.Name}: {offender.Reason}");
        if (report.Resumed)
            services.Output.Progress("Went on from where an earlier call was stopped.");
        new DataInfoWork(services).Show(report.Info);
        return ExitCode.Ok;
    }

    private static ImageSource Open(DataPackRequest request)
    {
        var source = DatasetOpener.OpenSource(request.Source, labels: request.Labels);
        try
        {
            return request.Selection.IsEverything ? source : new SelectedSource(source, request.Selection);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private PackReport Pack(ImageSource source, DataPackRequest request)
    {
        using var view = new PackView(services);
        try
        {
            return DatasetPacker.Pack(source, request.Output, request.Options, view, services.Signals.Token);
        }
        catch (OperationCanceledException)
        {
            view.Dispose();
            services.Output.Warn("stopped; the same command goes on from here, "
                + $"and '{request.Output}.partial' can be removed instead.");
            throw;
        }
    }
}
