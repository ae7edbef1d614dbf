using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>Where a network under construction gets its first weights from.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Generator">The random numbers; the order of construction decides which layer gets
/// which.</param>
public sealed record InitializationContext(WeightInitialization Kind, Generator Generator)
{
    private const double NormalDeviation = 0.02;

    /// <summary>A float32 weight of a shape [outputs, …], drawn from <see cref="Kind"/>.</summary>
    public Tensor Weight(ReadOnlySpan<long> shape)
    {
        long fanIn = 1;
        foreach (var size in shape[1..]) fanIn *= size;
        var receptive = shape.Length > 2 ? fanIn / shape[1] : 1;
        var fanOut = shape[0] * receptive;
        return Kind switch
        {
            WeightInitialization.Orthogonal => Orthogonal(shape, fanIn),
            WeightInitialization.Normal => Draw(shape, NormalDeviation),
            WeightInitialization.He => Draw(shape, Math.Sqrt(2.0 / fanIn)),
            WeightInitialization.Zero => Tensor.Zeros(shape),
            WeightInitialization.Blank => BlankOf(shape),
            WeightInitialization.PartialIdentity => PartialIdentity(shape, fanIn),
            WeightInitialization.Xavier => Uniform(shape, Math.Sqrt(6.0 / (fanIn + fanOut))),
            _ => throw new AtelierException(FailureKind.Bug, $"The initialisation {Kind} is not known here."),
        };
    }

    private static Tensor BlankOf(ReadOnlySpan<long> shape)
    {
        using var scope = new TensorScope();
        return scope.Keep(Tensor.Zeros([1]).Expand(shape));
    }

    private Tensor Draw(ReadOnlySpan<long> shape, double deviation) =>
        Tensor.Empty(shape).NormalInPlace(0, deviation, Generator);

    private Tensor Uniform(ReadOnlySpan<long> shape, double bound) =>
        Tensor.Empty(shape).UniformInPlace(-bound, bound, Generator);

    private Tensor PartialIdentity(ReadOnlySpan<long> shape, long fanIn)
    {
        var weight = Uniform(shape, 1 / Math.Sqrt(fanIn));
        if (shape.Length != 4) return weight;
        using var scope = new TensorScope();
        var passed = weight.Narrow(0, 0, Math.Min(shape[0], shape[1]));
        passed.ZeroInPlace();
        for (var k = 0L; k < passed.Size(0); k++)
            passed.Select(0, k).Select(0, k).Select(0, shape[2] / 2).Select(0, shape[3] / 2).FillInPlace(1);
        return weight;
    }

    private Tensor Orthogonal(ReadOnlySpan<long> shape, long columns)
    {
        using var scope = new TensorScope();
        var rows = shape[0];
        var normal = Tensor.Randn([Math.Max(rows, columns), Math.Min(rows, columns)], Generator);
        var (q, r) = Aten.LinalgQr(normal);
        // The sign makes the result uniform over the orthogonal matrices instead of LAPACK's habit.
        var signed = q * r.Diagonal().Sign();
        return scope.Keep((rows < columns ? signed.T() : signed).Reshape(shape).Contiguous());
    }
}
