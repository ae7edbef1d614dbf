using System.Globalization;

namespace Atelier.Metrics;

/// <summary>
/// The classification accuracy score and its reverse; see <see cref="ClassificationAccuracy"/>. It trains two
/// classifiers, so it takes minutes.
/// </summary>
/// <param name="options">How they are trained.</param>
public sealed class ClassificationAccuracyMetric(BackboneOptions options) : CollectedMetric
{
    private const int Percent = 100;

    /// <inheritdoc/>
    public override string Name => "cas";

    /// <inheritdoc/>
    public override string Definition => string.Create(
        CultureInfo.InvariantCulture,
        $"cas/1;{Classifier.NameOf(options.Design)};blocks={options.Blocks};epochs={options.Epochs};" +
        $"batch={options.BatchSize};rate={options.PeakLearningRate};shift={options.ShiftPixels};" +
        $"flips={options.Flips};seed={options.Seed}");

    /// <inheritdoc/>
    public override MetricNeeds Needs =>
        MetricNeeds.AllImages | MetricNeeds.Labels | MetricNeeds.RealImages | MetricNeeds.RealLabels
        | MetricNeeds.HeldOutImages;

    /// <inheritdoc/>
    public override string? WhyNot(MetricContext context) => context.Height == context.Width
        ? null
        : $"The images are {context.Width} x {context.Height} px; the classifiers of 'cas' learn from square "
            + "ones.";

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        var scores = ClassificationAccuracy.Compute(
            material.Real.Images, material.HeldOut!.Images, material.Scored.Images, options,
            share => material.Step((int)Math.Round(share * Percent), Percent),
            material.Cancellation);
        return
        [
            .. Numbers("cas", scores.TrainedOnFakes), .. Numbers("cas_reverse", scores.TestedOnFakes),
            .. Numbers("cas_real", scores.TrainedOnReals),
        ];
    }

    private static IEnumerable<MetricNumber> Numbers(string name, TopAccuracy accuracy)
    {
        yield return new MetricNumber(name, accuracy.Top1);
        if (accuracy.Top5 is { } five) yield return new MetricNumber(name + "_top5", five);
    }
}
