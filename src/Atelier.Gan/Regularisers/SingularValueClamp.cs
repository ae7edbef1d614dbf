using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// W ← W - max(0, sigma0 - limit) u0 v0ᵀ for every weight: the largest singular value is cut, all else stays
/// (BigGAN paper, section 4.1, equation 4).
/// </summary>
/// <param name="weights">The network's weights.</param>
/// <param name="limit">What sigma0 may be.</param>
public sealed class SingularValueClamp(FollowedWeights weights, SingularValueTarget limit) : IWeightConstraint
{
    /// <inheritdoc/>
    public void Apply()
    {
        using var noGrad = new NoGradScope();
        foreach (var (weight, vectors) in weights.All)
        {
            using var scope = new TensorScope();
            var (first, second, left, right) = vectors.Refine();
            if (limit.Of(second) is { } most && first > most)
                weight.SubInPlace(left.Matmul(right).Reshape(weight.Shape), first - most);
        }
    }
}
