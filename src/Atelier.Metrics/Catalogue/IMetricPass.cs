namespace Atelier.Metrics;

/// <summary>One pass of a metric over images.</summary>
public interface IMetricPass
{
    /// <summary>Takes the next batch; the memory of the batch is reused afterwards.</summary>
    void Add(MetricBatch batch);

    /// <summary>The number, after all images of the context's count.</summary>
    /// <returns>The value, and its deviation where the metric has one.</returns>
    (double Value, double? Deviation) Finish();
}
