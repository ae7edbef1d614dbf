using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Cli.Parsing;
using Atelier.Data.Pictures;
using Atelier.Gan;
using Atelier.Text;
using Atelier.Torch;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier sample</c>.</summary>
internal sealed class SampleWork(CliServices services)
{
    private const int StandardPerClass = 10;

    /// <summary>Samples, from the request to the exit code.</summary>
    public ExitCode Run(SampleRequest request)
    {
        DeviceChoice.Check(request.Device);
        var path = ModelLocator.Find(services.Home, request.Model, services.Output.Warn);
        using var session = new GeneratorSession(path, request.Trained);
        if (request.Inputs is not null)
        {
            RawImages.WriteFromInputs(session, request.Inputs, request.Raw!, request.Truncation);
            services.Output.Result($"wrote {request.Raw}");
            Report(request, path, 0);
            return ExitCode.Ok;
        }

        var classes = ClassesOf(request, session);
        session.GatherStatistics(request.Truncation);
        if (request.Raw is not null)
        {
            using var random = new Generator(Device.Cpu, (ulong)request.Seed);
            RawImages.Write(session, request.Raw, classes, request.Truncation, random);
            services.Output.Result($"wrote {request.Raw}");
        }

        if (request.Picture is not null) DrawPicture(request, session, classes);
        Report(request, path, classes.Count);
        return ExitCode.Ok;
    }

    /// <summary>Writes a labelled grid, a row a class.</summary>
    public static void WriteRows(
        GeneratorSession session, string path, byte[] pixels, IReadOnlyList<string> labels, int columns)
    {
        var generator = session.Generator;
        PngWriter.Write(path, ImageGrid.Compose(
            pixels, generator.ImageChannels, generator.ImageSize.Height, generator.ImageSize.Width,
            new ImageGridOptions { Rows = labels.Count, Columns = columns, RowLabels = labels }));
    }

    private static List<int> ClassesOf(SampleRequest request, GeneratorSession session)
    {
        var all = request.Classes ?? [.. Enumerable.Range(0, session.Generator.ClassCount)];
        if (request.Count is { } count)
            return [.. Enumerable.Range(0, count).Select(k => all[k % all.Count])];
        if (request.Grid is { } grid && request.PerClass is null && request.Classes is null)
            return [.. Enumerable.Range(0, grid.Rows * grid.Columns).Select(
                k => all[k / grid.Columns % all.Count])];
        var perClass = request.PerClass ?? request.Grid?.Columns ?? StandardPerClass;
        return [.. all.SelectMany(c => Enumerable.Repeat(c, perClass))];
    }

    private static void DrawPicture(SampleRequest request, GeneratorSession session, List<int> classes)
    {
        using var random = new Generator(Device.Cpu, (ulong)request.Seed);
        var columns = request.Grid?.Columns ?? request.PerClass ?? StandardPerClass;
        var rows = request.Grid?.Rows ?? (classes.Count + columns - 1) / columns;
        if ((long)rows * columns < classes.Count)
            throw new AtelierException(
                FailureKind.Usage,
                $"--grid {rows}x{columns} has {Counted.Of(rows * columns, "place")} and " +
                $"{Counted.Of(classes.Count, "picture")} were " +
                "asked for. Make the grid larger, or ask for fewer with --classes and --per-class.");
        var pixels = session.Draw(classes, request.Truncation, random);
        var generator = session.Generator;
        Array.Resize(ref pixels, rows * columns * generator.ImageBytes);
        PngWriter.Write(request.Picture!, ImageGrid.Compose(
            pixels, generator.ImageChannels, generator.ImageSize.Height, generator.ImageSize.Width,
            new ImageGridOptions
            {
                Rows = rows, Columns = columns, RowLabels = Labels(session, classes, rows, columns),
            }));
    }

    /// <summary>Class names at the left, when every row is of one class.</summary>
    private static List<string>? Labels(GeneratorSession session, List<int> classes, int rows, int columns)
    {
        var labels = new List<string>();
        for (var row = 0; row < rows; row++)
        {
            var ids = classes.Skip(row * columns).Take(columns).Distinct().ToList();
            if (ids.Count != 1) return null;
            labels.Add(session.Card.ClassNames[ids[0]]);
        }

        return labels;
    }

    private void Report(SampleRequest request, string path, int count)
    {
        if (request.Picture is not null)
            services.Output.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Picture}: {Counted.Of(count, "picture")} by {request.Model}, seed " +
                $"{request.Seed}"));
        services.Output.Document(
            new SampleReport(path, count, request.Picture, request.Raw, request.Truncation),
            OutputJson.Default.SampleReport);
    }
}
