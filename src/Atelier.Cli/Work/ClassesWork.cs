using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Text;
using Atelier.Torch;
using Atelier.Training.Evaluation;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier classes</c>.</summary>
internal sealed class ClassesWork(CliServices services)
{
    private const int ShownAtEachEnd = 3;
    private const int PictureColumns = 10;

    /// <summary>Scores every class, from the request to the exit code.</summary>
    public ExitCode Run(ClassesRequest request)
    {
        DeviceChoice.Check(request.Device);
        using var dataset = PackedDataset.Open(request.Data);
        var path = ModelLocator.Find(services.Home, request.Model, services.Output.Warn);
        using var session = new GeneratorSession(path);
        ModelDataMatch.RequireClasses(session, "classes");
        ModelDataMatch.Check(session, dataset);
        using var backbone = BackboneFinder.Require(services, dataset, request.Backbone);
        ModelDataMatch.Check(session, backbone);
        OutputFolder.Prepare(request.Output);
        var scores = Scores(request, session, backbone, dataset);
        var report = Report(request, path, session, backbone, scores);
        Show(report);
        services.Output.Document(report, OutputJson.Default.ClassesReport);
        return ExitCode.Ok;
    }

    /// <summary>The classes' scores, the easiest first.</summary>
    private List<ClassScore> Scores(
        ClassesRequest request, GeneratorSession session, IBackbone backbone,
        PackedDataset dataset)
    {
        session.GatherStatistics(request.Truncation);
        // Every class would say the same of too few images: it is said once, at the end.
        var scoring = new ClassScoring(
            session.Generator, backbone,
            new PackedImageSet(BackboneFinder.Reference(dataset, request.Reference)),
            Scoring.Shown(services, request.Batch) with { Warn = null });
        var scores = new List<ClassScore>();
        for (var id = 0; id < session.Generator.ClassCount; id++)
        {
            var name = session.Card.ClassNames[id];
            if (scoring.Score(id, request.Count, request.Truncation, (ulong)request.Seed) is not { } score)
            {
                services.Output.Warn(
                    $"class {id} ({name}) has fewer than {ClassScoring.FewestReal} real images and is " +
                    "left out.");
                continue;
            }

            scores.Add(score);
            services.Output.Progress(string.Create(
                CultureInfo.InvariantCulture, $"{name}: FID {score.Fid.Value:0.####}"));
        }

        if (scores.Count == 0)
            throw new AtelierException(
                FailureKind.Dataset,
                $"No class of '{request.Data}' has {ClassScoring.FewestReal} images in the split that is " +
                "compared with.");
        var fewest = Math.Min(request.Count, scores.Min(static s => s.RealCount));
        if (fewest - 1 < backbone.FeatureCount)
            services.Output.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"FID over {fewest} images in {backbone.FeatureCount} dimensions: with fewer images than ") +
                "dimensions it is strongly biased upwards. Compare the classes with each other, and with " +
                "no other number.");
        return [.. scores.OrderBy(static s => s.Fid.Value)];
    }

    private static ClassesReport Report(
        ClassesRequest request, string path, GeneratorSession session, IBackbone backbone,
        List<ClassScore> scores)
    {
        var names = session.Card.ClassNames;
        var rows = scores.Select(s => new ClassesReportRow(
            s.ClassId, names[s.ClassId], s.RealCount, s.Fid.Value, s.Recognised.Value,
            s.Fid.Protocol.Id)).ToList();
        return new ClassesReport(
            path, request.Count, backbone.FeatureCount, request.Truncation, rows,
            rows.Average(static r => r.Fid), Write(request, session, rows));
    }

    private static List<string> Write(
        ClassesRequest request, GeneratorSession session, List<ClassesReportRow> rows)
    {
        if (request.Output is not { } folder) return [];
        var (csv, png) = (Path.Combine(folder, "classes.csv"), Path.Combine(folder, "classes.png"));
        CsvFile.Write(
            csv, ["class", "name", "real_images", "fid", "recognised", "fid_protocol"],
            rows.Select(static r => (IReadOnlyList<object?>)
                [r.Id, r.Name, r.RealImages, r.Fid, r.Recognised, r.Protocol]));
        var shown = rows.Count <= 2 * ShownAtEachEnd
            ? rows
            : [.. rows.Take(ShownAtEachEnd), .. rows.TakeLast(ShownAtEachEnd)];
        using var random = new Generator(Device.Cpu, (ulong)request.Seed);
        var pixels = session.Draw(
            [.. shown.SelectMany(static r => Enumerable.Repeat(r.Id, PictureColumns))], request.Truncation,
            random);
        SampleWork.WriteRows(session, png, pixels, [.. shown.Select(static r => r.Name)], PictureColumns);
        return [csv, png];
    }

    private void Show(ClassesReport report)
    {
        var lines = TextTable.Lines(
            ["class", "FID", "recognised", "real images"],
            report.Classes.Select(static r => (IReadOnlyList<string>)
            [
                r.Name, r.Fid.ToString("0.####", CultureInfo.InvariantCulture),
                r.Recognised.ToString("P1", CultureInfo.InvariantCulture),
                r.RealImages.ToString(CultureInfo.InvariantCulture),
            ]));
        foreach (var line in lines) services.Output.Result(line);
        services.Output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"mean FID {report.MeanFid:0.####} over {Counted.Of(report.Classes.Count, "class")}, " +
            $"{Counted.Of(report.Count, "image")} " +
            $"of each"));
        var named = Math.Min(ShownAtEachEnd, report.Classes.Count / 2);
        if (named > 0)
        {
            services.Output.Result(
                $"easy: {string.Join(", ", report.Classes.Take(named).Select(static r => r.Name))}");
            services.Output.Result(
                "hard: " +
                string.Join(", ", report.Classes.Reverse().Take(named).Select(static r => r.Name)));
        }

        foreach (var file in report.Files) services.Output.Result(file);
    }
}
