using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// Divides a weight by its largest singular value, estimated by power iteration on a stored vector: v =
/// uW/|uW|, u = vWᵀ/|vWᵀ|, sigma = vWᵀuᵀ, the gradient of sigma flows through W alone. Miyato et al. 2018,
/// arXiv:1802.05957; equal to BigGAN-PyTorch 9845943 layers.py (a test compares with its output).
/// </summary>
public sealed class SpectralNorm : Module
{
    private readonly SpectralNormOptions options;
    private readonly Tensor u;
    private readonly Tensor sigma;

    /// <summary>Creates the stored vector for a weight with a number of output rows.</summary>
    public SpectralNorm(long outputs, SpectralNormOptions options, Generator generator)
    {
        this.options = options;
        using var scope = new TensorScope();
        u = Buffer("u", Tensor.Randn([1, outputs], generator));
        sigma = Buffer("sigma", Tensor.Ones([1]));
    }

    /// <summary>
    /// The weight [O, …] over its estimated largest singular value; while training u advances.
    /// </summary>
    /// <returns>Of the weight's shape, float32 under autocast too; a zero weight stays zero.</returns>
    public Tensor Normalize(Tensor weight)
    {
        using var scope = new TensorScope();
        // The estimate stays in float32 whatever the layers run in: bfloat16 has too few digits for it.
        using var exact = new AutocastScope(weight.Device.Type, null);
        var matrix = weight.Flatten(1);
        var (left, right) = Iterate(matrix);
        var value = right.Matmul(matrix.T()).Matmul(left.T());   // [1, 1]
        if (IsTraining)
        {
            using var noGrad = new NoGradScope();
            // A zero weight has no direction: u stays, or no later weight could turn it again.
            u.CopyInPlace(Aten.Where(value.Gt(0), left, u));
            sigma.CopyInPlace(value.Reshape([1]));
        }

        // The floor keeps a zero weight zero; every other sigma is far above it.
        return scope.Keep(weight / value.ClampMin(options.Epsilon).Reshape([]));
    }

    private (Tensor Left, Tensor Right) Iterate(Tensor matrix)
    {
        using var noGrad = new NoGradScope();
        var left = u;
        var right = u;
        for (var k = 0; k < options.Iterations; k++)
        {
            right = UnitLength(left.Matmul(matrix));        // [1, I]
            left = UnitLength(right.Matmul(matrix.T()));    // [1, O]
        }

        return (left, right);
    }

    private Tensor UnitLength(Tensor row) => row / row.Norm().ClampMin(options.Epsilon);
}
