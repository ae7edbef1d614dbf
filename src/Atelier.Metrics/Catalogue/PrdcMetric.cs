using System.Globalization;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Precision and recall (arXiv:1904.06991), density and coverage (arXiv:2002.09797); see
/// <see cref="ManifoldOverlap"/>.
/// </summary>
public sealed class PrdcMetric : CollectedMetric
{
    private readonly int neighbours;
    private readonly bool isEqual;
    private readonly ulong seed;

    /// <summary>With balls that reach to the k-th neighbour.</summary>
    /// <param name="neighbours">k.</param>
    /// <param name="isEqual">Take as many real samples by lot as are scored.</param>
    /// <param name="seed">Decides the lot.</param>
    /// <exception cref="AtelierException">k is below 1 (Usage).</exception>
    public PrdcMetric(int neighbours, bool isEqual, ulong seed)
    {
        if (neighbours < 1)
            throw new AtelierException(
                FailureKind.Usage,
                $"Precision, recall, density and coverage need at least 1 neighbour; k is {neighbours}.");
        (this.neighbours, this.isEqual, this.seed) = (neighbours, isEqual, seed);
    }

    /// <inheritdoc/>
    public override string Name => "prdc";

    /// <inheritdoc/>
    public override string Definition => string.Create(
        CultureInfo.InvariantCulture,
        $"prdc/1;k={neighbours}{(isEqual ? $";reals=scored;seed={seed}" : "")}");

    /// <inheritdoc/>
    public override MetricNeeds Needs => MetricNeeds.AllFeatures | MetricNeeds.RealFeatures;

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        using var scope = new TensorScope();
        var real = isEqual
            ? ByLot(material.Real.Features, material.Scored.Count)
            : material.Real.Features;
        var scores = ManifoldOverlap.Compute(
            real, material.Scored.Features, neighbours, material.Step);
        return
        [
            new MetricNumber("precision", scores.Precision), new MetricNumber("recall", scores.Recall),
            new MetricNumber("density", scores.Density), new MetricNumber("coverage", scores.Coverage),
        ];
    }

    /// <summary>How far a ball reaches depends on how many samples there are, so both sides need as
    /// many.</summary>
    private Tensor ByLot(Tensor features, int count)
    {
        if (features.Size(0) <= count) return features;
        var order = Enumerable.Range(0, (int)features.Size(0)).Select(static k => (long)k).ToArray();
        new Random((int)(seed % int.MaxValue)).Shuffle(order);
        return features.IndexSelect(0, Tensor.FromArray<long>(order.AsSpan(0, count), count));
    }
}
