using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// s (sigma0 - target)² of every weight, whose gradient is 2s (sigma0 - target) u0 v0ᵀ (BigGAN paper, section
/// 4.1). It keeps spectra from growing; the paper found that this does not prevent collapse.
/// </summary>
/// <param name="weights">The network's weights.</param>
/// <param name="target">Where sigma0 should be.</param>
/// <param name="strength">s, positive.</param>
public sealed class SingularValuePenalty(FollowedWeights weights, SingularValueTarget target, double strength)
    : IWeightRegulariser
{
    /// <inheritdoc/>
    public void AddGradients(Module network)
    {
        using var noGrad = new NoGradScope();
        foreach (var (weight, vectors) in weights.All)
        {
            using var scope = new TensorScope();
            if (weight.Grad is not { } grad) continue;
            var (first, second, left, right) = vectors.Refine();
            if (target.Of(second) is not { } wanted) continue;
            grad.AddInPlace(left.Matmul(right).Reshape(weight.Shape), 2 * strength * (first - wanted));
        }
    }
}
