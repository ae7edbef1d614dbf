using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// What draws the scored images, for metrics of the way from latents to images. It is in evaluation mode and
/// records no gradients.
/// </summary>
public interface IScoredGenerator
{
    /// <summary>How many classes it knows; 1 where it has none.</summary>
    int ClassCount { get; }

    /// <summary>Whether latents are normal, truncated or not, so that paths between them follow the sphere;
    /// else paths are straight.</summary>
    bool HasNormalLatents { get; }

    /// <summary>Draws latents as the scored images' were drawn, truncation included.</summary>
    /// <param name="count">N.</param>
    /// <param name="random">The random numbers.</param>
    /// <returns>float32 [N, Z].</returns>
    Tensor DrawLatents(int count, Generator random);

    /// <summary>Images of latents.</summary>
    /// <param name="latents">float32 [N, Z].</param>
    /// <param name="classes">int64 [N].</param>
    /// <returns>float32 [N, C, H, W] in [-1, 1], not rounded to bytes.</returns>
    Tensor Generate(Tensor latents, Tensor classes);
}
