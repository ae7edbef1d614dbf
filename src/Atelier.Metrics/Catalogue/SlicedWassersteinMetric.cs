using System.Globalization;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The sliced Wasserstein distance of patches of a Laplacian pyramid, a number a level and their mean, times
/// 1,000 as the progressive-growing paper writes it (arXiv:1710.10196, section 5). It needs no backbone.
/// </summary>
/// <remarks>
/// As many images by lot from each side, at most 16,384; 128 patches of 7 x 7 pixels at random places of each
/// level of each image; every channel brought to mean 0 and deviation 1 on its own side; 512 directions.
/// Memory: the patches of one level of both sides.
/// </remarks>
/// <param name="seed">Decides images, places and directions.</param>
public sealed class SlicedWassersteinMetric(ulong seed) : CollectedMetric
{
    private const int MostImages = 16_384;
    private const int PatchesAnImage = 128;
    private const double Unit = 1000;

    /// <inheritdoc/>
    public override string Name => "swd";

    /// <inheritdoc/>
    public override string Definition => string.Create(
        CultureInfo.InvariantCulture,
        $"swd/1;images={MostImages};patches={PatchesAnImage};directions={SlicedWasserstein.Directions};" +
        $"seed={seed}");

    /// <inheritdoc/>
    public override MetricNeeds Needs => MetricNeeds.AllImages | MetricNeeds.RealImages;

    /// <inheritdoc/>
    public override string? WhyNot(MetricContext context) =>
        context.Height == context.Width && LaplacianPyramid.Fits(context.Width)
            ? null
            : $"The images are {context.Width} x {context.Height} px; the pyramid of 'swd' needs square ones "
                + $"with a side that is a power of two, {LaplacianPyramid.CoarsestSide} or more.";

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        var count = Math.Min(MostImages, Math.Min(material.Real.Count, material.Scored.Count));
        var lot = (int)(seed % int.MaxValue);
        var real = ImageSubset.ByLot(material.Real.Images, count, lot);
        var scored = ImageSubset.ByLot(material.Scored.Images, count, lot);
        using var random = new Generator(Device.Cpu, seed);
        var levels = LaplacianPyramid.LevelsOf(real.Height);
        var parts = new List<MetricPart>();
        for (var level = 0; level < levels; level++)
        {
            using var scope = new TensorScope();
            var part = 2 * level;
            var first = Patches(real, level, random, material, (part, 2 * levels));
            var second = Patches(scored, level, random, material, (part + 1, 2 * levels));
            var distance = SlicedWasserstein.Compute(
                first, second, random, material.Cancellation.ThrowIfCancellationRequested);
            parts.Add(new MetricPart(
                (real.Height >> level).ToString(CultureInfo.InvariantCulture), Unit * distance));
        }

        return [new MetricNumber("swd", parts.Average(static p => p.Value)) { Parts = parts }];
    }

    /// <summary>Normalised patches of a level of every image, [P, C * 49].</summary>
    private static Tensor Patches(
        ImageSubset images, int level, Generator random, MetricMaterial material, (int Done, int Total) parts)
    {
        using var scope = new TensorScope();
        using var noGrad = new NoGradScope();
        const int Side = PatchDescriptors.Side;
        var all = Tensor.Empty([(long)images.Count * PatchesAnImage, images.Channels, Side, Side]);
        foreach (var (start, pixels) in ImageChunks.Of(images))
        {
            using var chunk = new TensorScope();
            var count = (int)pixels.Size(0);
            var levels = LaplacianPyramid.Build(pixels.To(DType.Float32), level + 1);
            var last = level + 1 < LaplacianPyramid.LevelsOf(images.Height)
                ? LaplacianPyramid.Build(levels[^1], 2)[0]
                : levels[^1];
            all.Narrow(0, (long)start * PatchesAnImage, (long)count * PatchesAnImage)
                .CopyInPlace(PatchDescriptors.Cut(last, PatchesAnImage, random));
            material.Step((parts.Done * images.Count) + start + count, parts.Total * images.Count);
        }

        PatchDescriptors.NormaliseInPlace(all);
        return scope.Keep(all.Reshape([all.Size(0), -1]));
    }
}
