using System.Globalization;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// MS-SSIM between random pairs of scored images: high where a generator repeats itself (arXiv:1610.09585).
/// It needs neither a backbone nor real images; see <see cref="MultiScaleSsim"/> for the formula.
/// </summary>
/// <param name="seed">Decides the pairs.</param>
public sealed class MultiScaleSsimMetric(ulong seed) : CollectedMetric
{
    private const int MostPairs = 10_000;

    /// <inheritdoc/>
    public override string Name => "msssim";

    /// <inheritdoc/>
    public override string Definition => string.Create(
        CultureInfo.InvariantCulture, $"msssim/1;pairs={MostPairs};seed={seed}");

    /// <inheritdoc/>
    public override MetricNeeds Needs => MetricNeeds.AllImages;

    /// <inheritdoc/>
    public override string? WhyNot(MetricContext context) =>
        Math.Min(context.Height, context.Width) >= MultiScaleSsim.SmallestSide
            ? null
            : $"The images are {context.Width} x {context.Height} px; the five scales of 'msssim' need sides "
                + $"of at least {MultiScaleSsim.SmallestSide} px.";

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        var pairs = Math.Min(MostPairs, material.Scored.Count / 2);
        var images = ImageSubset.ByLot(material.Scored.Images, 2 * pairs, (int)(seed % int.MaxValue));
        var sum = 0.0;
        foreach (var (start, pixels) in ImageChunks.Of(images))
        {
            using var scope = new TensorScope();
            var count = pixels.Size(0) / 2;
            sum += count * MultiScaleSsim.Mean(
                pixels.Slice(0, null, null, 2), pixels.Slice(0, 1, null, 2));
            material.Step((start / 2) + (int)count, pairs);
        }

        return [new MetricNumber("msssim", sum / pairs)];
    }
}
