namespace Atelier.Metrics;

/// <summary>
/// Moments of the features of real images, kept in a folder under a name that follows from everything they
/// depend on: backbone weights, dataset content, precision. A file that is damaged is made again, with a
/// warning.
/// </summary>
public sealed class ReferenceStatistics
{
    private readonly MetricRunOptions options;

    /// <summary>With the folder, batch size and listeners of a run.</summary>
    public ReferenceStatistics(MetricRunOptions options) => this.options = options;

    /// <summary>The moments of all images of a set, from the cache or by a pass over them.</summary>
    /// <exception cref="AtelierException">The images do not suit the backbone (Usage).</exception>
    public FeatureMoments Get(
        IBackbone backbone, IImageSet images, string precision, CancellationToken cancellationToken = default)
    {
        if (options.CacheFolder is not { } folder) return Compute(backbone, images, cancellationToken);

        var key =
            new ReferenceKey(
                backbone.Name, backbone.Sha256, images.ContentHash, images.Resizer, precision,
                backbone.Preprocessing);
        var path = Path.Combine(folder, key.FileName);
        if (File.Exists(path))
        {
            try
            {
                return MomentsFile.Read(path, key, images.Count, backbone.FeatureCount);
            }
            catch (AtelierException error)
            {
                options.Warn?.Invoke(
                    $"The cached statistics of the real images are made again: {error.Message}");
            }
        }

        var moments = Compute(backbone, images, cancellationToken);
        try
        {
            Directory.CreateDirectory(folder);
            MomentsFile.Write(path, key, moments);
        }
        catch (Exception error) when (error is AtelierException or IOException or UnauthorizedAccessException)
        {
            // The numbers are right all the same; only the next run has to make them again.
            options.Warn?.Invoke($"The statistics of the real images could not be kept: {error.Message}");
        }

        return moments;
    }

    private FeatureMoments Compute(IBackbone backbone, IImageSet images, CancellationToken cancellationToken)
    {
        var statistics = new FeatureStatistics(backbone.FeatureCount);
        FeaturePass.Run(
            backbone, ImageFeeds.Of(images), images.Count, MetricStage.Reference, options,
            batch => statistics.Add(batch.Features.Span), cancellationToken);
        return statistics.ToMoments();
    }
}
