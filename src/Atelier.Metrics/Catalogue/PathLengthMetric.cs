using System.Globalization;

namespace Atelier.Metrics;

/// <summary>
/// The perceptual path length of a generator, over as many paths as images are scored; see
/// <see cref="PerceptualPathLength"/>.
/// </summary>
/// <param name="space">Where the paths lie.</param>
/// <param name="isFull">True for places anywhere on the paths, false for their beginnings.</param>
/// <param name="seed">Decides the paths.</param>
/// <param name="distance">LPIPS; null for the squared distance of the run's backbone.</param>
public sealed class PathLengthMetric(LatentSpace space, bool isFull, ulong seed, IImageDistance? distance)
    : CollectedMetric
{
    private const int PathsAtOnce = 50;

    private readonly PathLengthOptions options =
        new() { Space = space, IsFull = isFull, BatchSize = PathsAtOnce, Seed = seed };

    /// <inheritdoc/>
    public override string Name => space == LatentSpace.Z ? "ppl" : "ppl_w";

    /// <inheritdoc/>
    public override string Definition => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}/1;sampling={(isFull ? "full" : "end")};epsilon={options.Epsilon};" +
        $"distance={distance?.Name ?? "features"};batch={PathsAtOnce};seed={seed}");

    /// <inheritdoc/>
    public override MetricNeeds Needs =>
        (space == LatentSpace.Z ? MetricNeeds.Generator : MetricNeeds.MappedGenerator)
        | (distance is null ? MetricNeeds.Backbone : MetricNeeds.None);

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        if (distance is null)
            material.Warn?.Invoke(
                $"'{Name}' is taken on the squared distance of the features of '{material.Backbone!.Name}', "
                + "not on LPIPS: it compares with itself only, as its protocol says.");
        var length = PerceptualPathLength.Compute(
            material.Generator!, distance ?? new FeatureDistance(material.Backbone!),
            options with { Samples = material.Scored.Count }, material.Step);
        return [new MetricNumber(Name, length)];
    }
}
