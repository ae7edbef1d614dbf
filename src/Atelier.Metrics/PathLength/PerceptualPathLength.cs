using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The perceptual path length (Karras et al., A style-based generator architecture for generative adversarial
/// networks, arXiv:1812.04948, section 4.1): the mean over paths of d(G(p(t)), G(p(t + e))) / e^2, without
/// the lowest and the highest hundredth. Smooth generators have short paths.
/// </summary>
public static class PerceptualPathLength
{
    private const double TrimmedShare = 0.01;
    private const long LargestSide = 256;

    /// <summary>Computes the path length.</summary>
    /// <param name="generator">Whose paths.</param>
    /// <param name="distance">d; LPIPS in the paper.</param>
    /// <param name="options">Parameters.</param>
    /// <param name="step">Called after each batch with how many paths are done and how many there are; may
    /// throw to stop.</param>
    /// <exception cref="AtelierException">No mapping network for paths in W, or parameters out of range
    /// (Usage); images that are not finite (Numeric).</exception>
    public static double Compute(
        IScoredGenerator generator, IImageDistance distance, PathLengthOptions options,
        Action<int, int>? step = null)
    {
        Check(generator, options);
        using var noGrad = new NoGradScope();
        using var random = new Generator(Device.Cpu, options.Seed);
        var lengths = new List<double>(options.Samples);
        while (lengths.Count < options.Samples)
        {
            // Always whole batches, so that the count does not change the paths before the last one.
            lengths.AddRange(Batch(generator, distance, options, random));
            step?.Invoke(Math.Min(lengths.Count, options.Samples), options.Samples);
        }

        lengths.RemoveRange(options.Samples, lengths.Count - options.Samples);
        if (lengths.Any(length => !double.IsFinite(length)))
            throw new AtelierException(
                FailureKind.Numeric,
                "Some images along the paths hold NaN or infinity. The generator has diverged; go back to an "
                + "earlier checkpoint.");
        return TrimmedMean([.. lengths]);
    }

    /// <summary>The mean of what lies between the 1st and the 99th percentile, both rounded outwards to a
    /// value that occurs.</summary>
    internal static double TrimmedMean(double[] values)
    {
        Array.Sort(values);
        var low = values[(int)Math.Floor(TrimmedShare * (values.Length - 1))];
        var high = values[(int)Math.Ceiling((1 - TrimmedShare) * (values.Length - 1))];
        return values.Where(value => value >= low && value <= high).Average();
    }

    private static double[] Batch(
        IScoredGenerator generator, IImageDistance distance, PathLengthOptions options, Generator random)
    {
        using var scope = new TensorScope();
        var count = options.BatchSize;
        var t = Tensor.Rand([count, 1], random) * (options.IsFull ? 1.0 : 0.0);
        var classes = Aten.Randint(0, generator.ClassCount, [count], random, DType.Int64);
        var (a, b) = (generator.DrawLatents(count, random), generator.DrawLatents(count, random));
        var mapped = options.Space == LatentSpace.W ? (IMappedGenerator)generator : null;
        if (mapped is not null) (a, b) = (mapped.Map(a, classes), mapped.Map(b, classes));
        var isSpherical = mapped is null && generator.HasNormalLatents;
        var points = Aten.Cat(
        [
            .. new[] { t, t + options.Epsilon }.Select(
                at => isSpherical ? LatentPath.Spherical(a, b, at) : LatentPath.Straight(a, b, at)),
        ]);
        var twice = Aten.Cat([classes, classes]);
        var images = mapped?.GenerateFromMapped(points, twice) ?? generator.Generate(points, twice);
        images = Shrink(images);
        var squares = distance.Of(images.Narrow(0, 0, count), images.Narrow(0, count, count));
        var scale = 1 / (options.Epsilon * options.Epsilon);
        return (squares.To(Device.Cpu, DType.Float64) * scale).ToArray<double>();
    }

    /// <summary>Means over squares of pixels, down to about 256 px, as the reference does.</summary>
    private static Tensor Shrink(Tensor images)
    {
        var factor = images.Size(2) / LargestSide;
        return factor > 1 ? images.AvgPool2d([factor, factor]) : images;
    }

    private static void Check(IScoredGenerator generator, PathLengthOptions options)
    {
        if (options.Space == LatentSpace.W && generator is not IMappedGenerator)
            throw new AtelierException(
                FailureKind.Usage,
                "This generator has no mapping network, so there are no paths in w. Ask for those in z.");
        if (options.Samples < 1 || options.BatchSize < 1 || options.Epsilon is not (> 0 and < 1))
            throw new AtelierException(
                FailureKind.Usage, FormattableString.Invariant(
                    $"{options.Samples} paths, {options.BatchSize} at once, with a step of {options.Epsilon}")
                + " were asked for; expected are at least one path and a step between 0 and 1.");
    }
}
