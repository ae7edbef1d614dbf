using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>The passes of several metrics over the same images, with what they want collected.</summary>
internal sealed class MetricPasses
{
    private readonly IReadOnlyList<IMetric> metrics;
    private readonly IMetricPass[] passes;
    private readonly MetricContext context;
    private readonly FeatureRows? rows;
    private readonly long[] labels;
    private readonly MetricNeeds needs;
    private int seen;

    /// <summary>Begins; what is collected belongs to the current scope.</summary>
    public MetricPasses(IReadOnlyList<IMetric> metrics, MetricNeeds needs, MetricContext context)
    {
        this.metrics = metrics;
        this.needs = needs;
        this.context = context;
        labels = new long[context.SampleCount];
        passes = [.. metrics.Select(metric => metric.Begin(context))];
        rows = needs.HasFlag(MetricNeeds.AllFeatures)
            ? new FeatureRows(context.SampleCount, context.FeatureCount)
            : null;
    }

    /// <summary>The scored side's features, when all batches have come; null where nobody wants
    /// them.</summary>
    public Tensor? Features => rows?.Rows;

    /// <summary>The scored side's classes; null where nobody wants them.</summary>
    public ReadOnlyMemory<long>? Labels => needs.HasFlag(MetricNeeds.Labels) ? labels : null;

    /// <summary>Hands a batch to every metric.</summary>
    /// <exception cref="AtelierException">Classes are needed, and the batch has none (Usage).</exception>
    public void Add(MetricBatch batch)
    {
        if (needs.HasFlag(MetricNeeds.Labels))
        {
            if (batch.Labels.IsEmpty) throw LabelsMissing();
            batch.Labels.Span.CopyTo(labels.AsSpan(seen));
        }

        rows?.Add(batch.Features.Span);
        foreach (var pass in passes) pass.Add(batch);
        seen += batch.Count;
    }

    /// <summary>The numbers of every metric, in their order.</summary>
    /// <param name="material">What was collected, for one metric.</param>
    /// <param name="protocol">The protocol of a metric.</param>
    public IReadOnlyList<MetricResult> Finish(
        Func<IMetric, MetricMaterial> material, Func<IMetric, MetricProtocol> protocol)
    {
        var results = new List<MetricResult>();
        for (var k = 0; k < passes.Length; k++)
        {
            using var scope = new TensorScope();
            var taken = protocol(metrics[k]);
            results.AddRange(passes[k].Finish(material(metrics[k])).Select(
                number => new MetricResult(number.Name, number.Value, number.Deviation, taken)
                {
                    Parts = number.Parts,
                    Curve = number.Curve,
                }));
        }

        return results;
    }

    private AtelierException LabelsMissing() => new(
        FailureKind.Usage,
        "The metrics "
        + $"{string.Join(", ", metrics.Where(m => m.Needs.HasFlag(MetricNeeds.Labels)).Select(m => m.Name))} "
        + "need the class of every image, and these images have none. Leave them out.");
}
