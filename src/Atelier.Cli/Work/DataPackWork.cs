using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier data pack</c>.</summary>
internal sealed class DataPackWork(CliServices services)
{
    private const int StandardSize = 32;

    /// <summary>Packs, from the request to the exit code.</summary>
    public ExitCode Pack(DataPackRequest request)
    {
        services.Signals.Listen();
        using var source = DatasetOpener.OpenSource(request.Source);
        var report = DatasetPacker.Pack(
            source, request.Output,
            new PackOptions
            {
                Size = request.Size ?? StandardSize,
                Filter = Enum.Parse<ResizeFilter>(request.Resize, ignoreCase: true),
                Policy = new ImagePolicy(request.OnGrey, request.OnAlpha),
                SkipBad = request.SkipBad,
            },
            new PackView(services.Output), services.Signals.Token);
        foreach (var offender in report.Skipped)
            services.Output.Warn($"left out {offender.Name}: {offender.Reason}");
        Show(report.Info);
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
