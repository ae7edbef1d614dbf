using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
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
        Show(report.Info);
        return ExitCode.Ok;
    }

    private static ImageSource Open(DataPackRequest request)
    {
        var source = DatasetOpener.OpenSource(request.Source);
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

    private void Show(DatasetInfo info)
    {
        var output = services.Output;
        output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"{info.Path}: {info.Count} images, {info.Channels}x{info.Height}x{info.Width}, " +
            $"{info.Classes.Count} classes"));
        foreach (var split in info.Splits)
            output.Result(
                string.Create(CultureInfo.InvariantCulture, $"  {split.Name}: {split.Count} images"));
        foreach (var item in info.Classes)
            output.Result(string.Create(
                CultureInfo.InvariantCulture, $"  class {item.Index} {item.Name}: {item.Count}"));
        if (info.Classes.Count > 1) output.Result(Balance(info));
        output.Result($"  content {info.ContentHash}, resizer {info.Resizer}" +
            (info.Skipped > 0
                ? string.Create(CultureInfo.InvariantCulture, $", {info.Skipped} bad images left out")
                : ""));
        output.Document(info, OutputJson.Default.DatasetInfo);
    }

    /// <summary>How unequal the classes are.</summary>
    private static string Balance(DatasetInfo info)
    {
        var least = info.Classes.MinBy(static item => item.Count)!;
        var most = info.Classes.MaxBy(static item => item.Count)!;
        return string.Create(CultureInfo.InvariantCulture,
            $"  images of a class: {least.Count} ({least.Name}) to {most.Count} ({most.Name}), "
            + $"{(double)most.Count / Math.Max(1, least.Count):0.0} to 1");
    }
}
