using System.Globalization;

namespace Atelier.Metrics;

/// <summary>FID with a bootstrap interval over the scored images; see
/// <see cref="FrechetBootstrap"/>.</summary>
public sealed class FidBootstrapMetric : CollectedMetric
{
    private readonly int replicates;
    private readonly double level;
    private readonly ulong seed;

    /// <summary>With so many replicates.</summary>
    /// <param name="replicates">At least 20.</param>
    /// <param name="level">The share of replicates inside the interval, between 0 and 1.</param>
    /// <param name="seed">Decides the replicates.</param>
    /// <exception cref="AtelierException">Parameters out of range (Usage).</exception>
    public FidBootstrapMetric(int replicates, double level, ulong seed)
    {
        FrechetBootstrap.Check(replicates, level);
        (this.replicates, this.level, this.seed) = (replicates, level, seed);
    }

    /// <inheritdoc/>
    public override string Name => "fid_bootstrap";

    /// <inheritdoc/>
    public override string Definition => string.Create(
        CultureInfo.InvariantCulture,
        $"fid_bootstrap/1;linearised;replicates={replicates};level={level};seed={seed}");

    /// <inheritdoc/>
    public override MetricNeeds Needs => MetricNeeds.AllFeatures | MetricNeeds.RealMoments;

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        var real = material.Real.Moments;
        if (material.Scored.Count <= real.Dimension)
            material.Warn?.Invoke(
                $"The bootstrap interval of FID over {material.Scored.Count} images in {real.Dimension} "
                + "dimensions: with fewer images than dimensions the distance is far from linear in them, "
                + "and the interval is a rough one. Use more images.");
        var found = FrechetBootstrap.Compute(real, material.Scored.Features, replicates, level, seed);
        return
        [
            new MetricNumber("fid_bootstrap", found.Distance, found.Deviation),
            new MetricNumber("fid_bootstrap_low", found.Low),
            new MetricNumber("fid_bootstrap_high", found.High),
        ];
    }
}
