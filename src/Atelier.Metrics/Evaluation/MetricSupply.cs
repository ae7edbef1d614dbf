namespace Atelier.Metrics;

/// <summary>What a run cannot give, and why; everything else it can.</summary>
/// <param name="kind">What a metric that cannot be computed fails as.</param>
internal sealed class MetricSupply(FailureKind kind = FailureKind.Usage)
{
    private readonly List<(MetricNeeds Needs, string Why)> denied = [];

    /// <summary>Denies something.</summary>
    /// <param name="needs">What.</param>
    /// <param name="why">What a metric that needs it is told, as "'fid' <c>why</c>".</param>
    public void Deny(MetricNeeds needs, string why) => denied.Add((needs, why));

    /// <summary>Which of some needs can be met.</summary>
    public MetricNeeds Of(MetricNeeds needs) =>
        denied.Aggregate(needs, static (left, item) => left & ~item.Needs);

    /// <summary>The metrics that can be computed.</summary>
    /// <param name="metrics">Those that were asked for.</param>
    /// <param name="context">The run.</param>
    /// <param name="leavesOut">Leave others out with a warning.</param>
    /// <exception cref="AtelierException">One cannot be computed, or none is left.</exception>
    public IReadOnlyList<IMetric> Choose(
        IReadOnlyList<IMetric> metrics, MetricContext context, bool leavesOut)
    {
        var chosen = new List<IMetric>();
        foreach (var metric in metrics)
        {
            if (WhyNot(metric, context) is not { } why) chosen.Add(metric);
            else if (leavesOut) context.Warn?.Invoke($"{why} It is left out.");
            else throw new AtelierException(kind, $"{why} Leave it out of the metrics.");
        }

        return chosen.Count > 0
            ? chosen
            : throw new AtelierException(
                kind, "None of the metrics can be computed here; the warnings say why.");
    }

    private string? WhyNot(IMetric metric, MetricContext context)
    {
        foreach (var (needs, why) in denied)
            if ((metric.Needs & needs) != MetricNeeds.None)
                return $"'{metric.Name}' {why}";
        return metric.WhyNot(context);
    }
}
