namespace Atelier.Metrics;

/// <summary>A metric that looks at whole sets and at nothing while images pass.</summary>
public abstract class CollectedMetric : IMetric
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Definition { get; }

    /// <inheritdoc/>
    public abstract MetricNeeds Needs { get; }

    /// <inheritdoc/>
    public virtual MetricNeeds Wants => MetricNeeds.None;

    /// <inheritdoc/>
    public virtual string? WhyNot(MetricContext context) => null;

    /// <summary>The numbers.</summary>
    /// <param name="material">What <see cref="Needs"/> asks for of all images.</param>
    protected abstract IReadOnlyList<MetricNumber> Compute(MetricMaterial material);

    /// <inheritdoc/>
    public IMetricPass Begin(MetricContext context) => new Pass(this);

    private sealed class Pass(CollectedMetric metric) : IMetricPass
    {
        public void Add(MetricBatch batch)
        {
            // The run collects what is needed.
        }

        public IReadOnlyList<MetricNumber> Finish(MetricMaterial material) => metric.Compute(material);
    }
}
