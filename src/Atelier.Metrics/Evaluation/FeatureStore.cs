using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Features of image sets and their moments, computed once and kept in a folder under a name that follows
/// from everything they depend on: the images' content hash, the backbone's weights, preprocessing,
/// precision. A file that is damaged is made again, with a warning.
/// </summary>
/// <param name="options">The folder, batch size and listeners of a run.</param>
public sealed class FeatureStore(MetricRunOptions options)
{
    /// <summary>Features that only moments are wanted of are kept up to this size; larger ones are never in
    /// memory as a whole.</summary>
    private const long MostKeptBytes = 1L << 30;

    private const string FeaturesKind = "features";
    private const string MomentsKind = "moments";

    /// <summary>The features of all images of a set, from the cache or by a pass over them.</summary>
    /// <returns>float32 [N, D]; it belongs to the current scope.</returns>
    /// <exception cref="AtelierException">The images do not suit the backbone (Dataset), or its weights are
    /// broken (Checkpoint).</exception>
    public Tensor Features(
        IBackbone backbone, IImageSet images, MetricStage stage = MetricStage.Reference,
        CancellationToken cancellationToken = default)
    {
        using var scope = new TensorScope();
        var key = FeatureKey.Of(backbone, images);
        return scope.Keep(Cached(key, backbone, images) ?? Collect(key, backbone, images, stage,
            cancellationToken));
    }

    /// <summary>The moments of the features of all images of a set, from the cache or by a pass over
    /// them.</summary>
    /// <param name="backbone">Whose features.</param>
    /// <param name="images">The images.</param>
    /// <param name="known">Their features, where they are at hand.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="AtelierException">As <see cref="Features"/>.</exception>
    public FeatureMoments Moments(
        IBackbone backbone, IImageSet images, Tensor? known = null,
        CancellationToken cancellationToken = default)
    {
        var key = FeatureKey.Of(backbone, images);
        if (TryRead(key, MomentsKind, path => MomentsFile.Read(
            path, key, images.Count, backbone.FeatureCount)) is { } kept)
            return kept;

        using var scope = new TensorScope();
        var moments = (known ?? Cached(key, backbone, images)) is { } features
            ? FeatureStatistics.Of(features)
            : Compute(key, backbone, images, cancellationToken);
        Keep(key, MomentsKind, path => MomentsFile.Write(path, key, moments));
        return moments;
    }

    private FeatureMoments Compute(
        FeatureKey key, IBackbone backbone, IImageSet images, CancellationToken cancel)
    {
        const MetricStage Stage = MetricStage.Reference;
        if (options.CacheFolder is not null
            && (long)images.Count * backbone.FeatureCount * sizeof(float) <= MostKeptBytes)
            return FeatureStatistics.Of(Collect(key, backbone, images, Stage, cancel));
        var statistics = new FeatureStatistics(backbone.FeatureCount);
        FeaturePass.Run(
            backbone, ImageFeeds.Of(images), images.Count, Stage, options,
            batch => statistics.Add(batch.Features.Span), cancel);
        return statistics.ToMoments();
    }

    private Tensor Collect(
        FeatureKey key, IBackbone backbone, IImageSet images, MetricStage stage, CancellationToken cancel)
    {
        var rows = new FeatureRows(images.Count, backbone.FeatureCount);
        FeaturePass.Run(
            backbone, ImageFeeds.Of(images), images.Count, stage, options,
            batch => rows.Add(batch.Features.Span), cancel);
        Keep(key, FeaturesKind, path => FeatureFile.Write(path, key, rows.Rows));
        return rows.Rows;
    }

    private Tensor? Cached(FeatureKey key, IBackbone backbone, IImageSet images) => TryRead(
        key, FeaturesKind, path => FeatureFile.Read(path, key, images.Count, backbone.FeatureCount));

    private T? TryRead<T>(FeatureKey key, string kind, Func<string, T> read)
        where T : class
    {
        if (options.CacheFolder is not { } folder) return null;
        var path = Path.Combine(folder, key.FileName(kind));
        if (!File.Exists(path)) return null;
        try
        {
            return read(path);
        }
        catch (AtelierException error)
        {
            options.Warn?.Invoke(
                $"The cached {kind} of real images are made again: {error.Message}");
            return null;
        }
    }

    private void Keep(FeatureKey key, string kind, Action<string> write)
    {
        if (options.CacheFolder is not { } folder) return;
        try
        {
            Directory.CreateDirectory(folder);
            write(Path.Combine(folder, key.FileName(kind)));
        }
        catch (Exception error) when (error is AtelierException or IOException or UnauthorizedAccessException)
        {
            // The numbers are right all the same; only the next run has to make them again.
            options.Warn?.Invoke($"The {kind} of real images could not be kept: {error.Message}");
        }
    }
}
