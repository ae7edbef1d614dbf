using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>What the path length has to know of a generator.</summary>
public interface ILatentPaths
{
    /// <summary>Whether latents are normal, so that paths between them follow the sphere; else they are
    /// straight.</summary>
    bool IsNormal { get; }

    /// <summary>Whether there is a mapping network, and so paths in <see cref="LatentSpace.W"/>.</summary>
    bool HasMapping { get; }

    /// <summary>Classes for a batch.</summary>
    /// <returns>[N], or empty for a generator without classes.</returns>
    long[] Classes(int count, Generator random);

    /// <summary>Latents as the generator was trained with.</summary>
    /// <returns>float32 [N, Z].</returns>
    Tensor Latents(int count, Generator random);

    /// <summary>What the mapping network makes of latents.</summary>
    /// <param name="latents">[N, Z].</param>
    /// <param name="classes">[N], or empty.</param>
    /// <returns>float32 [N, …].</returns>
    Tensor Map(Tensor latents, long[] classes);

    /// <summary>Images without rounding: the path length looks at changes far below one in 255.</summary>
    /// <param name="points">Latents or what <see cref="Map"/> made, [N, …].</param>
    /// <param name="space">Which of both.</param>
    /// <param name="classes">[N], or empty.</param>
    /// <returns>float32 [N, C, H, W] in [-1, 1]. Whatever noise a generator adds must be the same in the
    /// first and in the second half of the batch.</returns>
    Tensor Draw(Tensor points, LatentSpace space, long[] classes);
}
