namespace Atelier.Metrics;

/// <summary>
/// The share of scored images in which the backbone's classifier sees the class that was asked for. A tie
/// between logits counts for the lower class id.
/// </summary>
public sealed class AccuracyMetric : IMetric
{
    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public string Definition => "accuracy/1";

    /// <inheritdoc/>
    public MetricNeeds Needs =>
        MetricNeeds.Logits | MetricNeeds.Labels | MetricNeeds.BackboneClasses;

    /// <inheritdoc/>
    public IMetricPass Begin(MetricContext context) => new Pass(context.ClassCount);

    private sealed class Pass(int classCount) : IMetricPass
    {
        private long count;
        private long agreed;

        public void Add(MetricBatch batch)
        {
            var labels = batch.Labels.Span;
            var logits = batch.Logits.Span;
            for (var n = 0; n < labels.Length; n++)
            {
                if (labels[n] < 0 || labels[n] >= classCount)
                {
                    throw new AtelierException(
                        FailureKind.Usage,
                        $"Class {labels[n]} was asked for, but the backbone knows classes 0 to "
                        + $"{classCount - 1}. Use a backbone that was trained on this dataset.");
                }

                if (TopClass.Of(logits.Slice(n * classCount, classCount)) == labels[n]) agreed++;
                count++;
            }
        }

        public IReadOnlyList<MetricNumber> Finish(MetricMaterial material) => count > 0
            ? [new MetricNumber("accuracy", agreed / (double)count)]
            : throw new AtelierException(FailureKind.Dataset, "There are no images to recognise.");
    }
}
