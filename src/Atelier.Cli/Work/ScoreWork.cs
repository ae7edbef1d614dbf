using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;
using Atelier.Gan;
using Atelier.Text;
using Atelier.Torch;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier score</c>.</summary>
internal sealed class ScoreWork(CliServices services)
{
    /// <summary>Judges, from the request to the exit code.</summary>
    public ExitCode Run(ScoreRequest request)
    {
        DeviceChoice.Check(request.Device);
        var path = ModelLocator.Find(services.Home, request.Model, services.Output.Warn);
        using var session = new DiscriminatorSession(path);
        if (request.Inputs is not null)
        {
            var count = session.WriteFromInputs(request.Inputs, request.Raw!);
            services.Output.Result($"wrote {request.Raw}: {Counted.Of(count, "logit")}");
            Document(new ScoreReport(path, count, request.Raw, null, null, null));
            return ExitCode.Ok;
        }

        var ranked = Judge(session, request.Images!);
        Show(ranked, request.Top);
        Document(new ScoreReport(
            path, ranked.Count, null, ranked.Average(static i => i.Logit), RealShare(ranked), ranked));
        return ExitCode.Ok;
    }

    private static double RealShare(List<ScoredImage> images) =>
        images.Count(static i => i.Logit > 0) / (double)images.Count;

    private List<ScoredImage> Judge(DiscriminatorSession session, string images)
    {
        var scratch = Path.Combine(Path.GetTempPath(), "atelier-" + Path.GetRandomFileName());
        Directory.CreateDirectory(scratch);
        try
        {
            var (packed, names) = Open(images, Path.Combine(scratch, "images.atl"), session.ImageSize);
            using (packed)
            {
                var ids = ModelClasses.Of(packed.ClassNames, session.Card.ClassNames, services.Output.Warn);
                return Judge(session, packed, names, ids);
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private (PackedDataset Images, IReadOnlyList<string>? Names) Open(
        string images, string scratch, ImageSize size)
    {
        if (DatasetOpener.Identify(images) == DatasetKind.Packed) return (PackedDataset.Open(images), null);
        using var source = DatasetOpener.OpenSource(images);
        using var view = new PackView(services);
        DatasetPacker.Pack(source, scratch, new PackOptions { Size = size }, view, services.Signals.Token);
        return (PackedDataset.Open(scratch), [.. Enumerable.Range(0, source.Count).Select(source.NameOf)]);
    }

    private static List<ScoredImage> Judge(
        DiscriminatorSession session, PackedDataset images, IReadOnlyList<string>? names, int[] ids)
    {
        if (images.Channels != session.ImageChannels || images.ImageSize != session.ImageSize)
            throw new AtelierException(
                FailureKind.Dataset,
                $"'{images.Path}' has images of {Counted.Of(images.Channels, "channel")} " +
                    $"and {images.Width}x{images.Height}; " +
                $"the model judges {Counted.Of(session.ImageChannels, "channel")} and " +
                $"{session.ImageSize}. Pack the pictures again for it (--size, --on-grey).");
        var found = new List<ScoredImage>();
        foreach (var split in images.Splits)
        {
            var view = images.Split(split.Name);
            for (var start = 0; start < view.Count; start += DiscriminatorSession.BatchSize)
            {
                using var scope = new TensorScope();
                var count = Math.Min(DiscriminatorSession.BatchSize, view.Count - start);
                var labels = view.Labels.Slice(start, count).ToArray();
                var classes = Array.ConvertAll(labels, label => (long)ids[label]);
                var logits = session.Judge(
                    PixelRange.FromBytes(view.ImageBytes(start, count), Device.Cpu),
                    Tensor.FromArray<long>(classes, count));
                for (var k = 0; k < count; k++)
                {
                    var place = split.Start + start + k;
                    found.Add(new ScoredImage(
                        0, names?[place] ?? $"#{place}", images.ClassNames[labels[k]], logits[k]));
                }
            }
        }

        return [.. found.OrderByDescending(static i => i.Logit).Select(static (i, k) =>
            i with { Rank = k + 1 })];
    }

    private void Show(List<ScoredImage> ranked, int top)
    {
        services.Output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted.Of(ranked.Count, "image")}, mean logit {ranked.Average(static i => i.Logit):0.000}, " +
            $"{RealShare(ranked):P0} judged real"));
        var shown = ranked.Count <= 2 * top ? ranked : [.. ranked.Take(top), .. ranked.TakeLast(top)];
        var previous = 0;
        foreach (var image in shown)
        {
            if (image.Rank != previous + 1) services.Output.Result("   …");
            services.Output.Result(string.Create(
                CultureInfo.InvariantCulture,
                    $"{image.Rank,6}  {image.Logit,10:0.0000}  {image.Class}  {image.Image}"));
            previous = image.Rank;
        }
    }

    private void Document(ScoreReport report) =>
        services.Output.Document(report, OutputJson.Default.ScoreReport);
}
