using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// The two largest singular values of a weight that changes slowly, with their vectors: one step of
/// orthogonal iteration a look, begun where the last one ended, and Rayleigh-Ritz values (Golub and Van Loan,
/// Matrix Computations, section 8.2.4). As spectral norm does, it follows the weight rather than solving for
/// it. Where values to a known accuracy are wanted, and no vectors, <see cref="TopSingularValues"/> solves.
/// </summary>
public sealed class LeadingSingularVectors : IDisposable
{
    private const int WarmUp = 30;
    private readonly Tensor weight;
    private readonly Tensor left;

    /// <summary>Finds the vectors of the weight as it is.</summary>
    /// <param name="weight">[O, …], taken as the matrix [O, I]; it stays the caller's.</param>
    /// <param name="random">Where the iteration begins.</param>
    public LeadingSingularVectors(Tensor weight, Generator random)
    {
        this.weight = weight;
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var rows = weight.Size(0);
        var width = Math.Min(2, Math.Min(rows, weight.NumberOfElements / rows));
        var start = Tensor.Randn([rows, width], random).To(weight.Device, DType.Float32);
        left = Aten.LinalgQr(start).Q.Contiguous().DetachFromScope();
        for (var k = 0; k < WarmUp; k++) Refine();
    }

    /// <summary>Where the next look begins, float32 [O, 2], or [O, 1] of a weight of rank 1.</summary>
    public Tensor State => left;

    /// <summary>Takes one step after the weight.</summary>
    /// <returns>sigma0, sigma1 (null where there is but one value), u0 [O, 1] and v0 [1, I]; for a zero
    /// weight the vectors are those of before, and v0 zero.</returns>
    public (double First, double? Second, Tensor Left, Tensor Right) Refine()
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        using var exact = new AutocastScope(weight.Device.Type, null);
        var matrix = weight.Flatten(1);                                          // [O, I]
        var block = Aten.LinalgQr(matrix.Matmul(matrix.T().Matmul(left))).Q;     // [O, 2]
        var image = matrix.T().Matmul(block);                                    // [I, 2]
        var (squares, turn) = image.T().Matmul(image).LinalgEigh();              // ascending
        turn = turn.Flip([1]);
        var values = squares.Flip([0]).ClampMin(0).Sqrt().ToArray<float>();
        // A weight without finite numbers is the guard's affair; it must not spoil what is kept here.
        if (values[0] > 0 && float.IsFinite(values[0])) left.CopyInPlace(block.Matmul(turn));
        var right = image.Matmul(turn).Narrow(1, 0, 1).T() / Math.Max(values[0], float.Epsilon);
        return (
            values[0], values.Length > 1 ? values[1] : null, scope.Keep(left.Narrow(1, 0, 1).Clone()),
            scope.Keep(right));
    }

    /// <inheritdoc/>
    public void Dispose() => left.Dispose();
}
