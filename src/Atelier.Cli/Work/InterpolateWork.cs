using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data.Decoding;
using Atelier.Data.Pictures;
using Atelier.Gan;
using Atelier.Text;
using Atelier.Torch;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier interpolate</c>.</summary>
internal sealed class InterpolateWork(CliServices services)
{
    private const int MostRowsUnasked = 10;
    private const int FrameMilliseconds = 60;

    // Two class names and a sign between them.
    private const int LongestLabel = 26;

    /// <summary>Draws, from the request to the exit code.</summary>
    public ExitCode Run(InterpolateRequest request)
    {
        DeviceChoice.Check(request.Device);
        OutputFolder.CheckParent(request.Picture);
        OutputFolder.CheckParent(request.Animation);
        var path = ModelLocator.Find(services.Home, request.Model, services.Output.Warn);
        using var session = new GeneratorSession(path);
        var plan = Plan(request, session);
        session.GatherStatistics(request.Truncation);
        if (request.Picture is not null) DrawRows(request, session, plan);
        if (request.Animation is not null) DrawFilm(request, session, plan);
        foreach (var file in (string?[])[request.Picture, request.Animation])
            if (file is not null)
                services.Output.Result(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file}: {Counted.Of(plan.Rows.Count, "row")} by {request.Model}, seed {request.Seed}"));
        services.Output.Document(
            new InterpolateReport(
                path, request.Between, request.Path.ToString().ToLowerInvariant(),
                [.. plan.Rows.Select(static r => new InterpolateRow(r.From, r.To))], request.Steps,
                request.Seed, request.Truncation, request.Picture, request.Animation),
            OutputJson.Default.InterpolateReport);
        return ExitCode.Ok;
    }

    private static InterpolationPlan Plan(InterpolateRequest request, GeneratorSession session)
    {
        var classes = request.Classes ?? [.. Enumerable.Range(0, session.Generator.ClassCount)];
        session.CheckClasses(classes.Select(static c => (long)c));
        var movesClass = request.Between != "z";
        if (movesClass && classes.Distinct().Count() < 2)
            throw new AtelierException(
                FailureKind.Usage,
                !ModelDataMatch.HasClasses(session)
                    ? "The model was made without classes, so there is none to go to. Use --between z."
                    : $"--between {request.Between} goes from one class to the next, and --classes names " +
                      $"only class {classes[0]}. Name two or more.");
        var rows = request.Rows ?? Math.Min(classes.Count, MostRowsUnasked);
        return new InterpolationPlan
        {
            Rows =
            [
                .. Enumerable.Range(0, rows).Select(k => (
                    classes[k % classes.Count], classes[(k + (movesClass ? 1 : 0)) % classes.Count])),
            ],
            MovesLatent = request.Between != "class",
            MovesClass = movesClass,
            Path = request.Path,
            Threshold = request.Truncation,
        };
    }

    private static void DrawRows(
        InterpolateRequest request, GeneratorSession session, InterpolationPlan plan)
    {
        var names = session.Card.ClassNames;
        PngWriter.Write(request.Picture!, Grid(
            session, Pixels(request, session, plan, request.Steps), new ImageGridOptions
            {
                Rows = plan.Rows.Count,
                Columns = request.Steps,
                LongestLabel = LongestLabel,
                RowLabels =
                [
                    .. plan.Rows.Select(r => plan.MovesClass ? $"{names[r.From]} > {names[r.To]}"
                        : names[r.From]),
                ],
            }));
    }

    /// <summary>All rows side by side, one picture of each in a frame, there and back.</summary>
    private static void DrawFilm(
        InterpolateRequest request, GeneratorSession session, InterpolationPlan plan)
    {
        var pixels = Pixels(request, session, plan, request.Frames);
        var columns = (int)Math.Ceiling(Math.Sqrt(plan.Rows.Count));
        var options = new ImageGridOptions
        {
            Rows = (plan.Rows.Count + columns - 1) / columns, Columns = columns,
        };
        var frames = new List<RasterImage>();
        var imageBytes = pixels.Length / (plan.Rows.Count * request.Frames);
        for (var frame = 0; frame < request.Frames; frame++)
        {
            var shown = new byte[plan.Rows.Count * imageBytes];
            for (var row = 0; row < plan.Rows.Count; row++)
                pixels.AsSpan(((row * request.Frames) + frame) * imageBytes, imageBytes)
                    .CopyTo(shown.AsSpan(row * imageBytes));
            frames.Add(Grid(session, shown, options));
        }

        for (var frame = request.Frames - 2; frame > 0; frame--) frames.Add(frames[frame]);
        ApngWriter.Write(request.Animation!, frames, FrameMilliseconds);
    }

    private static byte[] Pixels(
        InterpolateRequest request, GeneratorSession session, InterpolationPlan plan, int steps)
    {
        using var random = new Generator(Device.Cpu, (ulong)request.Seed);
        return session.DrawInterpolation(plan, steps, random);
    }

    private static RasterImage Grid(GeneratorSession session, byte[] pixels, ImageGridOptions options) =>
        ImageGrid.Compose(
            pixels, session.Generator.ImageChannels, session.Generator.ImageSize.Height,
            session.Generator.ImageSize.Width, options);
}
