namespace Atelier.Metrics;

/// <summary>A metric as the catalogue makes it: what it is called, what it needs, and how a pass over images
/// begins.</summary>
public interface IMetric
{
    /// <summary>Its name in the catalogue, such as <c>fid</c>.</summary>
    string Name { get; }

    /// <summary>Name, version of the definition and parameters, for the protocol:
    /// <c>is/1;splits=10</c>.</summary>
    string Definition { get; }

    /// <summary>What it needs besides features and logits.</summary>
    MetricNeeds Needs { get; }

    /// <summary>Begins one pass.</summary>
    /// <exception cref="AtelierException">The context does not suit this metric (Usage).</exception>
    IMetricPass Begin(MetricContext context);
}
