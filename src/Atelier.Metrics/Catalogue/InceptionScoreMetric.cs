using System.Globalization;

namespace Atelier.Metrics;

/// <summary>The Inception Score on the protocol's backbone; see <see cref="InceptionScore"/> for the
/// formula.</summary>
public sealed class InceptionScoreMetric : IMetric
{
    private readonly int splits;

    /// <summary>With so many splits.</summary>
    /// <exception cref="AtelierException">Fewer than one split (Usage).</exception>
    public InceptionScoreMetric(int splits)
    {
        if (splits < 1)
        {
            throw new AtelierException(
                FailureKind.Usage, $"The Inception Score needs at least 1 split; {splits} were asked for.");
        }

        this.splits = splits;
    }

    /// <inheritdoc/>
    public string Name => "is";

    /// <inheritdoc/>
    public string Definition => string.Create(CultureInfo.InvariantCulture, $"is/1;splits={splits}");

    /// <inheritdoc/>
    public MetricNeeds Needs => MetricNeeds.Logits;

    /// <inheritdoc/>
    public IMetricPass Begin(MetricContext context) =>
        new Pass(new InceptionScore(context.SampleCount, context.ClassCount, splits));

    private sealed class Pass(InceptionScore score) : IMetricPass
    {
        public void Add(MetricBatch batch) => score.Add(batch.Logits.Span);

        public IReadOnlyList<MetricNumber> Finish(MetricMaterial material)
        {
            var (mean, deviation) = score.Finish();
            return [new MetricNumber("is_mean", mean, deviation), new MetricNumber("is_std", deviation)];
        }
    }
}
