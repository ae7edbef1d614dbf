namespace Atelier.Metrics;

/// <summary>Lets a classifier name the class of every image of a feed.</summary>
public static class ConfusionRun
{
    /// <summary>Looks at images.</summary>
    /// <param name="backbone">The classifier.</param>
    /// <param name="feed">Images with the class that was asked for.</param>
    /// <param name="count">How many images.</param>
    /// <param name="options">How; the usual way when null.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="AtelierException">Images of another size, without classes, or of classes that the
    /// classifier does not know (Usage).</exception>
    public static ClassConfusion Of(
        IBackbone backbone, ImageFeed feed, int count, MetricRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var confusion = new ClassConfusion(backbone.ClassNames.Count);
        FeaturePass.Run(
            backbone, feed, count, MetricStage.Scored, options ?? new MetricRunOptions(),
            batch =>
            {
                if (batch.Labels.IsEmpty)
                    throw new AtelierException(
                        FailureKind.Usage, "These images come without classes, so none can be confused.");
                confusion.Add(batch.Labels.Span, batch.Logits.Span);
            },
            cancellationToken);
        return confusion;
    }
}
