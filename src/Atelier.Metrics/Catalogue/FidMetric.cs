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
    public MetricNeeds Needs => MetricNeeds.Features | MetricNeeds.RealMoments;

    /// <inheritdoc/>
    public IMetricPass Begin(MetricContext context) => new Pass(context.FeatureCount);

    private sealed class Pass(int featureCount) : IMetricPass
    {
        private readonly FeatureStatistics statistics = new(featureCount);

        public void Add(MetricBatch batch) => statistics.Add(batch.Features.Span);

        public IReadOnlyList<MetricNumber> Finish(MetricMaterial material)
        {
            var (moments, real) = (statistics.ToMoments(), material.Real.Moments);
            if (moments.IsRankDeficient || real.IsRankDeficient)
            {
                material.Warn?.Invoke(
                    $"FID over {moments.Count} images against {real.Count} in {moments.Dimension} "
                    + "dimensions: with fewer images than dimensions it is exact but strongly biased "
                    + "upwards. Use more images.");
            }

            return [new MetricNumber("fid", FrechetDistance.Compute(real, moments))];
        }
    }
}
