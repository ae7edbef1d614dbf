using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// How replicas of a network, each with a share of the batch, add their BatchNorm sums (BigGAN paper, section
/// 2: statistics across all devices). Every replica calls it in the same order.
/// </summary>
public interface IReplicaReduction
{
    /// <summary>
    /// The sum of what every replica gave, the same in all of them. It is differentiable: a gradient of the
    /// result, summed over the replicas, is the gradient of each one's own.
    /// </summary>
    /// <param name="local">A vector, float64, as long in every replica.</param>
    Tensor Sum(Tensor local);
}
