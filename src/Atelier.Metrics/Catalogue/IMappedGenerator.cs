using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A generator with a space between latents and images, such as the w of StyleGAN.</summary>
public interface IMappedGenerator : IScoredGenerator
{
    /// <summary>Maps latents into that space.</summary>
    /// <param name="latents">float32 [N, Z].</param>
    /// <param name="classes">int64 [N].</param>
    /// <returns>float32 [N, W], or [N, layers, W].</returns>
    Tensor Map(Tensor latents, Tensor classes);

    /// <summary>Images of points of that space.</summary>
    /// <param name="mapped">As <see cref="Map"/> gives them.</param>
    /// <param name="classes">int64 [N].</param>
    /// <returns>float32 [N, C, H, W] in [-1, 1], not rounded to bytes.</returns>
    Tensor GenerateFromMapped(Tensor mapped, Tensor classes);
}
