using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier data info</c>.</summary>
internal sealed class DataInfoWork(CliServices services)
{
    /// <summary>Shows what a path holds.</summary>
    public ExitCode Run(string path)
    {
        services.Signals.Listen();
        if (DatasetOpener.Identify(path) == DatasetKind.Packed)
        {
            using var dataset = PackedDataset.Open(path);
            Show(dataset.Info());
            return ExitCode.Ok;
        }

        using var source = DatasetOpener.OpenSource(path);
        using var view = new PackView(services, "reading");
        Show(SourceSurvey.Of(path, source, view, services.Signals.Token));
        return ExitCode.Ok;
    }

    /// <summary>Shows a packed dataset.</summary>
    public void Show(DatasetInfo info)
    {
        var output = services.Output;
        output.Result(Text($"{info.Path}: {info.Count} images, {info.Channels}x{info.Height}x{info.Width}, ")
            + Text($"{info.Classes.Count} classes, ")
            + (info.Shards > 1 ? Text($"{info.Shards} shards, ") : "")
            + Text($"{info.FileBytes / 1048576.0:0.0} MiB"));
        foreach (var split in info.Splits)
            output.Result(Text($"  {split.Name}: {split.Count} images, content {split.ContentHash}"));
        output.Result($"  content {info.ContentHash}");
        output.Result($"  resizer {info.Resizer}, from {Printable.Text(info.Source)}"
            + (info.Skipped > 0 ? Text($", {info.Skipped} bad images left out") : ""));
        ShowClasses(info.Classes);
        if (info.Classes.Count > 1) output.Result(Balance(info.Classes));
        output.Document(info, OutputJson.Default.DatasetInfo);
    }

    private void Show(SourceSurvey survey)
    {
        var output = services.Output;
        output.Result(Text($"{survey.Path}: {Printable.Text(survey.Source)}, {survey.Count} images, ")
            + Text($"{survey.Classes.Count} classes, not packed"));
        foreach (var split in survey.Splits)
            output.Result(Text($"  {split.Name}: {split.Count} images"));
        output.Result("  formats: "
            + string.Join(", ", survey.Formats.Select(pair => Text($"{pair.Key} {pair.Value}")))
            + Text($"; {survey.Grey} grey, {survey.Transparent} with transparency"));
        output.Result(Text($"  sizes: {survey.LeastWidth} to {survey.MostWidth} pixels wide, ")
            + Text($"{survey.LeastHeight} to {survey.MostHeight} high"));
        if (survey.Unreadable > 0)
            output.Result(Text($"  {survey.Unreadable} cannot be read: 'atelier data check' lists them"));
        if (survey.Ignored > 0)
            output.Result(Text($"  {survey.Ignored} files are no images and are passed over"));
        ShowClasses(survey.Classes);
        output.Document(survey, OutputJson.Default.SourceSurvey);
    }

    private static string Balance(IReadOnlyList<ClassInfo> classes)
    {
        var least = classes.MinBy(static item => item.Count)!;
        var most = classes.MaxBy(static item => item.Count)!;
        return Text($"  images of a class: {least.Count} ({Printable.Text(least.Name)}) to ")
            + Text($"{most.Count} ({Printable.Text(most.Name)}), ")
            + Text($"{(double)most.Count / Math.Max(1, least.Count):0.0} to 1");
    }

    private void ShowClasses(IReadOnlyList<ClassInfo> classes)
    {
        foreach (var line in ClassBalance.Lines(classes)) services.Output.Result("  " + line);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
