namespace Atelier.Metrics;

/// <summary>
/// A metric as the catalogue makes it: what it is called, what it needs, and how a pass over the scored
/// images begins. The same metric serves images and stored tensors.
/// </summary>
public interface IMetric
{
    /// <summary>Its name in the catalogue, such as <c>fid</c>.</summary>
    string Name { get; }

    /// <summary>Name, version of the definition and parameters, for the protocol:
    /// <c>is/1;splits=10</c>.</summary>
    string Definition { get; }

    /// <summary>What it needs; without it the metric is refused.</summary>
    MetricNeeds Needs { get; }

    /// <summary>What it takes besides where it is there. Whatever is in neither is never there.</summary>
    MetricNeeds Wants => MetricNeeds.None;

    /// <summary>Why it cannot be computed although its needs are met, such as a side of the images that is no
    /// power of two, as one sentence or two; null when it can.</summary>
    string? WhyNot(MetricContext context) => null;

    /// <summary>Begins one pass over the scored images.</summary>
    /// <exception cref="AtelierException">The context does not suit this metric.</exception>
    IMetricPass Begin(MetricContext context);
}
