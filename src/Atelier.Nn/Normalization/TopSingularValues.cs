using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// The largest singular values of one weight, measured again and again while it trains: restarted block
/// Krylov iteration (Golub and Van Loan, Matrix Computations, section 10.3) with Rayleigh-Ritz values, begun
/// where the measurement before ended. The error of a value is below 1e-4 of the largest one; tests compare
/// with the full decomposition. A measurement changes neither the weight nor any random stream.
/// </summary>
public sealed class TopSingularValues : IDisposable
{
    /// <summary>Values that a measurement gives.</summary>
    public const int Count = 3;

    // Wider than the values wanted: convergence goes by the gap behind the block, not behind the third value.
    private const int BlockWidth = 6;
    private const int Depth = 3;

    // Up to the width of the Krylov space one decomposition of the whole is exact, and cheaper.
    private const int DirectSide = (BlockWidth + 1) * Depth;
    private const int MostRestarts = 25;
    private const double Tolerance = 1e-6;
    private const ulong ProbeSeed = 0x5EED_51A0;

    private readonly Tensor basis;
    private readonly Tensor probe;
    private readonly bool isTall;

    /// <summary>Prepares measurements of weights [O, …] of one shape.</summary>
    /// <param name="weight">A weight of at least two dimensions; only its shape and device matter.</param>
    public TopSingularValues(Tensor weight)
    {
        using var scope = new TensorScope();
        var rows = weight.Size(0);
        var columns = weight.NumberOfElements / Math.Max(1, rows);
        isTall = rows > columns;
        var side = Math.Min(rows, columns);
        using var random = new Generator(Device.Cpu, ProbeSeed);
        var start = Tensor.Randn([side, Math.Min(side, BlockWidth)], random);
        basis = start.To(weight.Device, DType.Float32).DetachFromScope();
        probe = Tensor.Randn([side, 1], random).To(weight.Device, DType.Float32).DetachFromScope();
    }

    /// <summary>
    /// Where the next measurement begins, float32 [min(O, I), up to 6]: with it restored, measurements go on
    /// to the last bit.
    /// </summary>
    public Tensor State => basis;

    /// <summary>Measures a weight.</summary>
    /// <param name="weight">[O, …], taken as the matrix [O, I] that spectral norm takes it for.</param>
    /// <returns>Three values, largest first; zeros beyond the rank's bound min(O, I); NaN where the weight is
    /// not finite.</returns>
    public double[] Measure(Tensor weight)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        using var exact = new AutocastScope(weight.Device.Type, null);
        var matrix = weight.Detach().To(DType.Float32).Flatten(1);
        if (isTall) matrix = matrix.T();                                     // [m, n], m <= n
        // Squares of huge values would overflow, those of tiny ones vanish.
        var scale = matrix.Abs().Max().Item();
        if (!double.IsFinite(scale)) return [double.NaN, double.NaN, double.NaN];
        if (scale == 0) return new double[Count];
        matrix = matrix / scale;
        var values = matrix.Size(0) <= DirectSide
            ? Direct(matrix.T().To(DType.Float64)).Values
            : Iterate(matrix, matrix.T());
        return [.. Enumerable.Range(0, Count).Select(k => k < values.Length ? values[k] * scale : 0)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        basis.Dispose();
        probe.Dispose();
    }

    private double[] Iterate(Tensor matrix, Tensor transposed)
    {
        var before = Array.Empty<double>();
        // A constant direction joins the block: what has newly grown large is not orthogonal to it.
        var block = Orthonormal(Aten.Cat([basis, probe], 1));
        for (var restart = 0; restart < MostRestarts; restart++)
        {
            var (values, next) = Restart(matrix, transposed, block);
            block = next;
            if (HasSettled(before, values))
            {
                before = values;
                break;
            }

            before = values;
        }

        basis.CopyInPlace(block.Narrow(1, 0, basis.Size(1)));
        return before;
    }

    private static (double[] Values, Tensor Block) Restart(Tensor matrix, Tensor transposed, Tensor block)
    {
        using var scope = new TensorScope();
        var blocks = new List<Tensor> { block };
        for (var k = 1; k < Depth; k++)
            blocks.Add(Orthonormal(matrix.Matmul(transposed.Matmul(blocks[^1]))));
        var space = Orthonormal(Aten.Cat([.. blocks], 1));                   // [m, c]
        var image = transposed.Matmul(space).To(DType.Float64);              // [n, c]
        var (values, vectors) = Direct(image);
        var largest = vectors.Flip([1]).Narrow(1, 0, block.Size(1)).To(DType.Float32);
        return (values, scope.Keep(space.Matmul(largest)));
    }

    /// <summary>
    /// The largest singular values of a float64 matrix [n, c], c small, and all right singular vectors
    /// [c, c], smallest first.
    /// </summary>
    private static (double[] Values, Tensor Vectors) Direct(Tensor image)
    {
        var (squares, vectors) = image.T().Matmul(image).LinalgEigh();       // ascending
        var values = squares.ToArray<double>().Reverse().Take(Count)
            .Select(static s => Math.Sqrt(Math.Max(0, s))).ToArray();
        return (values, vectors);
    }

    /// <summary>An orthonormal basis [m, min(m, c)] of the columns of [m, c].</summary>
    private static Tensor Orthonormal(Tensor columns)
    {
        using var scope = new TensorScope();
        return scope.Keep(Aten.LinalgQr(columns).Q);
    }

    private static bool HasSettled(double[] before, double[] now) =>
        before.Length == now.Length &&
        before.Zip(now).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * now[0]);
}
