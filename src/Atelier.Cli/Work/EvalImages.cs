using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Data;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>Images that are scored, by lot: a dataset may lie class by class, and its first images would
/// stand for nothing.</summary>
internal sealed class EvalImages : EvalTarget
{
    private readonly EvalRequest request;
    private readonly OpenedImages images;

    /// <summary>Opens images, at the size of the real ones.</summary>
    /// <exception cref="AtelierException">They cannot be used (Dataset), or their size is not known
    /// (Usage).</exception>
    public EvalImages(EvalRequest request, CliServices services)
        : this(
            request,
            new OpenedImages(request.Target, SizeOf(request), services, request.UsesCache))
    {
    }

    private EvalImages(EvalRequest request, OpenedImages images)
        : base(request.Target, images.Dataset.ImageSize) =>
        (this.request, this.images) = (request, images);

    /// <inheritdoc/>
    public override ScoredImages Scored(PackedDataset real)
    {
        CheckShape(real, images.Dataset.Channels);
        var all = new PackedImageSet(images.View);
        return ScoredImages.Of(
            ImageSubset.ByLot(all, request.Count, (int)(request.Seed % int.MaxValue)));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        images.Dispose();
        base.Dispose();
    }

    private static ImageSize SizeOf(EvalRequest request)
    {
        if (request.Size is { } said) return said;
        if (DatasetOpener.Identify(request.Data) == DatasetKind.Packed)
        {
            using var real = PackedDataset.Open(request.Data);
            return real.ImageSize;
        }

        if (DatasetOpener.Identify(request.Target) == DatasetKind.Packed) return PackOptions.MaxSize;
        throw new AtelierException(
            FailureKind.Usage,
            $"'{request.Target}' and '{request.Data}' are both folders of pictures, so their common size " +
            "is not known. Say it with --size, or pack one with 'atelier data pack'.");
    }
}
