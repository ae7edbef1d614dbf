using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The sliced Wasserstein distance of two clouds of points: the mean over random directions of the
/// one-dimensional distance along them (Rabin et al. 2011; arXiv:1710.10196, section 5).
/// </summary>
public static class SlicedWasserstein
{
    /// <summary>Directions that are drawn: 4 times 128 in the progressive-growing paper.</summary>
    public const int Directions = 512;

    /// <summary>Directions of one draw.</summary>
    private const int DirectionsAtOnce = 128;

    /// <summary>Points are projected on so many directions at a time, which bounds memory: two million points
    /// of both sides take 270 MB.</summary>
    private const int ProjectedAtOnce = 16;

    /// <summary>The distance along random directions.</summary>
    /// <param name="first">[P, D], float32.</param>
    /// <param name="second">[P, D], float32; as many points.</param>
    /// <param name="random">Decides the directions.</param>
    /// <param name="step">Called between groups of directions; may throw to stop.</param>
    public static double Compute(Tensor first, Tensor second, Generator random, Action? step = null)
    {
        using var noGrad = new NoGradScope();
        var sum = 0.0;
        for (var done = 0; done < Directions; done += DirectionsAtOnce)
        {
            using var scope = new TensorScope();
            var directions = Aten.Randn([first.Size(1), DirectionsAtOnce], random, DType.Float32);
            sum += AlongDirections(
                first, second, directions / directions.Square().Sum([0], keepdim: true).Sqrt(), step);
        }

        return sum / (Directions / DirectionsAtOnce);
    }

    /// <summary>The distance along given directions.</summary>
    /// <param name="first">[P, D], float32.</param>
    /// <param name="second">[P, D], float32; as many points.</param>
    /// <param name="directions">[D, K], columns of length 1.</param>
    /// <param name="step">Called between groups of directions; may throw to stop.</param>
    /// <exception cref="AtelierException">Clouds of different shapes (Usage).</exception>
    public static double AlongDirections(
        Tensor first, Tensor second, Tensor directions, Action? step = null)
    {
        if (!first.Shape.SequenceEqual(second.Shape))
            throw new AtelierException(
                FailureKind.Usage,
                $"The clouds are [{string.Join(", ", first.Shape)}] and "
                + $"[{string.Join(", ", second.Shape)}]; a sliced Wasserstein distance needs as many points "
                + "on both sides.");
        using var noGrad = new NoGradScope();
        var scratch = new uint[first.Size(0)];
        var sum = 0.0;
        for (var done = 0L; done < directions.Size(1); done += ProjectedAtOnce)
        {
            step?.Invoke();
            using var scope = new TensorScope();
            var some = directions.Narrow(1, done, Math.Min(ProjectedAtOnce, directions.Size(1) - done)).T();
            var (left, right) = (some.Mm(first.T()), some.Mm(second.T()));           // [K, P]
            for (var k = 0L; k < some.Size(0); k++)
                sum += Gap(Sorted(left.Select(0, k), scratch), Sorted(right.Select(0, k), scratch));
        }

        return sum / directions.Size(1);
    }

    private static float[] Sorted(Tensor projections, uint[] scratch)
    {
        var values = projections.ToArray<float>();
        FloatSort.Sort(values, scratch);
        return values;
    }

    private static double Gap(float[] first, float[] second)
    {
        var sum = 0.0;
        for (var k = 0; k < first.Length; k++) sum += Math.Abs(first[k] - second[k]);
        return sum / first.Length;
    }
}
