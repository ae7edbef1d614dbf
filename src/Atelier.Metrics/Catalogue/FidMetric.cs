namespace Atelier.Metrics;

/// <summary>
/// FID: the Fréchet distance between the features of the scored and the real images, on whatever backbone the
/// protocol names. arXiv:1706.08500; see <see cref="FrechetDistance"/> for the formula.
/// </summary>
public sealed class FidMetric : IMetric
{
    /// <inheritdoc/>
    public string Name => "fid";

    /// <inheritdoc/>
    public string Definition => "fid/1";

    /// <inheritdoc/>
    public MetricNeeds Needs => MetricNeeds.ReferenceMoments;

    /// <inheritdoc/>
    public IMetricPass Begin(MetricContext context) => new Pass(
        context,
        context.Reference ?? throw new AtelierException(
            FailureKind.Bug, "FID was begun without reference moments."));

    private sealed class Pass(MetricContext context, FeatureMoments reference) : IMetricPass
    {
        private readonly FeatureStatistics statistics = new(context.FeatureCount);

        public void Add(MetricBatch batch) => statistics.Add(batch.Features.Span);

        public (double Value, double? Deviation) Finish()
        {
            var moments = statistics.ToMoments();
            if (moments.IsRankDeficient || reference.IsRankDeficient)
            {
                context.Warn?.Invoke(
                    $"FID over {moments.Count} images against {reference.Count} in {moments.Dimension} "
                    + "dimensions: with "
                    + "fewer images than dimensions it is exact but strongly biased upwards. Use more "
                    + "images.");
            }

            return (FrechetDistance.Compute(reference, moments), null);
        }
    }
}
