using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Data;
using Atelier.Data.Pictures;
using Atelier.Data.Resizing;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier data grid</c>.</summary>
internal sealed class DataGridWork(CliServices services)
{
    /// <summary>Classes that are shown when nobody chose.</summary>
    public const int MostRows = 20;

    private const int UnpackedSide = 64;
    private const long MostPixels = 100_000_000;

    /// <summary>Draws, from the request to the exit code.</summary>
    public ExitCode Run(DataGridRequest request)
    {
        services.Signals.Listen();
        OutputFolder.CheckParent(request.Picture);
        using var source = DatasetOpener.OpenSource(request.Target);
        var classes = request.Classes
            ?? [.. Enumerable.Range(0, Math.Min(MostRows, source.ClassNames.Count))];
        var size = SizeOf(request.Target);
        var pixels = (long)size.Width * size.Height * classes.Count * request.PerClass;
        if (pixels > MostPixels)
        {
            throw new AtelierException(FailureKind.Usage, string.Create(CultureInfo.InvariantCulture,
                $"{classes.Count} rows of {request.PerClass} images of {size.Width}x{size.Height} are ")
                + string.Create(CultureInfo.InvariantCulture,
                $"{pixels} pixels; at most {MostPixels} are drawn. Give fewer --classes or --per-class."));
        }

        var (picture, rows) = ContactSheet.Draw(source, request.Split, classes, request.PerClass, size,
            request.Seed, request.Policy);
        PngWriter.Write(request.Picture, picture);
        services.Output.Result(string.Create(CultureInfo.InvariantCulture,
            $"{request.Picture}: {rows.Sum(row => row.Count)} images of {classes.Count} classes")
            + (classes.Count < source.ClassNames.Count
                ? string.Create(CultureInfo.InvariantCulture,
                    $" of {source.ClassNames.Count}; --classes chooses")
                : ""));
        services.Output.Document(
            new DataGridReport(request.Picture, [.. rows.Select((row, i) => new DataGridRow(
                classes[i], source.ClassNames[classes[i]], [.. row.Select(source.NameOf)]))]),
            OutputJson.Default.DataGridReport);
        return ExitCode.Ok;
    }

    /// <summary>Packed images are shown as they are; files of any size are brought to one.</summary>
    private static ImageSize SizeOf(string path)
    {
        if (DatasetOpener.Identify(path) != DatasetKind.Packed) return UnpackedSide;
        using var dataset = PackedDataset.Open(path);
        return new ImageSize(dataset.Width, dataset.Height);
    }
}
