using System.Globalization;
using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// Divides a weight by its largest singular value, estimated by power iteration on a stored vector: v =
/// uW/|uW|, u = vWᵀ/|vWᵀ|, sigma = vWᵀuᵀ, the gradient of sigma flows through W alone. Miyato et al. 2018,
/// arXiv:1802.05957; equal to BigGAN-PyTorch 9845943 layers.py (a test compares with its output). Further
/// singular values are found in the same way among what is orthogonal to the ones before. A
/// <see cref="PowerIterationGroup"/> takes the iterations of a whole network together.
/// </summary>
public sealed class SpectralNorm : Module
{
    private readonly SpectralNormOptions options;
    private readonly Tensor[] u;
    private readonly Tensor[] sigma;

    /// <summary>Creates the stored vectors for a weight with a number of output rows.</summary>
    public SpectralNorm(long outputs, SpectralNormOptions options, Generator generator)
    {
        this.options = options;
        using var scope = new TensorScope();
        u = new Tensor[options.SingularValues];
        sigma = new Tensor[options.SingularValues];
        for (var k = 0; k < u.Length; k++)
        {
            var place = k == 0 ? "" : k.ToString(CultureInfo.InvariantCulture);
            u[k] = Buffer("u" + place, Tensor.Randn([1, outputs], generator));
            sigma[k] = Buffer("sigma" + place, Tensor.Ones([1]));
        }
    }

    /// <summary>
    /// Divides the layer's weight, whose iterations are taken together with others'; null where every pass
    /// takes its own.
    /// </summary>
    internal Func<Tensor>? Division { get; set; }

    internal SpectralNormOptions Options => options;

    internal Tensor Left => u[0];

    internal Tensor Sigma => sigma[0];

    /// <summary>
    /// The weight [O, …] over its estimated largest singular value; while training u advances.
    /// </summary>
    /// <returns>Of the weight's shape, float32 under autocast too; a zero weight stays zero.</returns>
    public Tensor Normalize(Tensor weight)
    {
        if (LayerTrace.IsOpen) return weight;
        if (IsTraining && Division is { } division) return division();
        using var scope = new TensorScope();
        // The estimate stays in float32 whatever the layers run in: bfloat16 has too few digits for it.
        using var exact = new AutocastScope(weight.Device.Type, null);
        var matrix = weight.Flatten(1);
        var (left, right) = Iterate(matrix);
        var value = Value(matrix, left[0], right[0]);
        if (IsTraining) Store(matrix, left, right);
        // The floor keeps a zero weight zero; every other sigma is far above it.
        return scope.Keep(weight / value.ClampMin(options.Epsilon).Reshape([]));
    }

    /// <summary>Iterates as a training pass does, without dividing.</summary>
    /// <param name="weight">[O, …].</param>
    /// <param name="rightVector">[1, I], overwritten by v.</param>
    internal void Advance(Tensor weight, Tensor rightVector)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        using var exact = new AutocastScope(weight.Device.Type, null);
        var matrix = weight.Flatten(1);
        var (left, right) = Iterate(matrix);
        Store(matrix, left, right);
        rightVector.CopyInPlace(right[0]);
    }

    private void Store(Tensor matrix, Tensor[] left, Tensor[] right)
    {
        using var noGrad = new NoGradScope();
        for (var k = 0; k < u.Length; k++)
        {
            var found = Value(matrix, left[k], right[k]);
            // A zero weight has no direction: u stays, or no later weight could turn it again.
            u[k].CopyInPlace(Aten.Where(found.Gt(0), left[k], u[k]));
            sigma[k].CopyInPlace(found.Reshape([1]));
        }
    }

    private static Tensor Value(Tensor matrix, Tensor left, Tensor right) =>
        right.Matmul(matrix.T()).Matmul(left.T());   // [1, 1]

    /// <summary>What is left of a row without its parts along rows of unit length (Gram-Schmidt).</summary>
    private static Tensor Without(Tensor row, ReadOnlySpan<Tensor> others)
    {
        foreach (var other in others) row = row - row.Matmul(other.T()) * other;
        return row;
    }

    private (Tensor[] Left, Tensor[] Right) Iterate(Tensor matrix)
    {
        using var noGrad = new NoGradScope();
        var left = u.ToArray();
        var right = new Tensor[u.Length];
        // Evaluation starts from the stored vector and keeps nothing, so there it is always one, as in the
        // reference.
        var passes = IsTraining ? options.Iterations : 1;
        for (var pass = 0; pass < passes; pass++)
        {
            for (var k = 0; k < u.Length; k++)
            {
                right[k] = UnitLength(Without(left[k].Matmul(matrix), right.AsSpan(0, k)));      // [1, I]
                left[k] = UnitLength(Without(right[k].Matmul(matrix.T()), left.AsSpan(0, k)));   // [1, O]
            }
        }

        return (left, right);
    }

    private Tensor UnitLength(Tensor row) => row / row.Norm().ClampMin(options.Epsilon);
}
