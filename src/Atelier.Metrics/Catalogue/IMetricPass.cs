namespace Atelier.Metrics;

/// <summary>One pass of a metric over scored images.</summary>
public interface IMetricPass
{
    /// <summary>Takes the next batch; the memory of the batch is reused afterwards.</summary>
    void Add(MetricBatch batch);

    /// <summary>The numbers, after all images of the context's count.</summary>
    /// <param name="material">What the metric's needs ask for of all images.</param>
    IReadOnlyList<MetricNumber> Finish(MetricMaterial material);
}
