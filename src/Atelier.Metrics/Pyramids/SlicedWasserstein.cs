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

    /// <summary>Directions are projected on in groups, which bounds memory.</summary>
    private const int DirectionsAtOnce = 128;

    /// <summary>The distance along random directions.</summary>
    /// <param name="first">[P, D], float32.</param>
    /// <param name="second">[P, D], float32; as many points.</param>
    /// <param name="random">Decides the directions.</param>
    public static double Compute(Tensor first, Tensor second, Generator random)
    {
        using var noGrad = new NoGradScope();
        var sum = 0.0;
        for (var done = 0; done < Directions; done += DirectionsAtOnce)
        {
            using var scope = new TensorScope();
            var directions = Aten.Randn([first.Size(1), DirectionsAtOnce], random, DType.Float32);
            sum += AlongDirections(
                first, second, directions / directions.Square().Sum([0], keepdim: true).Sqrt());
        }

        return sum / (Directions / DirectionsAtOnce);
    }

    /// <summary>The distance along given directions.</summary>
    /// <param name="first">[P, D], float32.</param>
    /// <param name="second">[P, D], float32; as many points.</param>
    /// <param name="directions">[D, K], columns of length 1.</param>
    /// <exception cref="AtelierException">Clouds of different shapes (Usage).</exception>
    public static double AlongDirections(Tensor first, Tensor second, Tensor directions)
    {
        if (!first.Shape.SequenceEqual(second.Shape))
            throw new AtelierException(
                FailureKind.Usage,
                $"The clouds are [{string.Join(", ", first.Shape)}] and "
                + $"[{string.Join(", ", second.Shape)}]; a sliced Wasserstein distance needs as many points "
                + "on both sides.");
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (left, _) = first.Mm(directions).Sort(0);
        var (right, _) = second.Mm(directions).Sort(0);
        return (left - right).Abs().To(DType.Float64).Mean().Item();
    }
}
