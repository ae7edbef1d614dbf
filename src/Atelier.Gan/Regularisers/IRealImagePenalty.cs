using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>A penalty on how the discriminator judges real images.</summary>
public interface IRealImagePenalty
{
    /// <summary>True when an update of the discriminator has to add the penalty.</summary>
    /// <param name="update">Updates that the discriminator has had.</param>
    bool IsDue(long update);

    /// <summary>The penalty as part of the graph, one element.</summary>
    /// <param name="images">[N, C, R, R], real images that require a gradient.</param>
    /// <param name="logits">[N, 1], what the discriminator said of them.</param>
    Tensor Penalty(Tensor images, Tensor logits);
}
