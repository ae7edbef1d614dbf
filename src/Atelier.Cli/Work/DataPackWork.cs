using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;

namespace Atelier.Cli.Work;

/// <summary>The bodies of <c>atelier data pack</c> and <c>atelier data info</c>.</summary>
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

    /// <summary>Shows what a packed dataset holds.</summary>
    public ExitCode Info(string path)
    {
        using var dataset = PackedDataset.Open(path);
        Show(dataset.Info());
        return ExitCode.Ok;
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
        output.Result($"  content {info.ContentHash}, resizer {info.Resizer}" +
            (info.Skipped > 0
                ? string.Create(CultureInfo.InvariantCulture, $", {info.Skipped} bad images left out")
                : ""));
        output.Document(info, OutputJson.Default.DatasetInfo);
    }
}
