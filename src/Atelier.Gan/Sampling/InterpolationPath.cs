namespace Atelier.Gan;

/// <summary>The way from one latent to another.</summary>
public enum InterpolationPath
{
    /// <summary>The straight line. Half-way latents are shorter than those that the model was trained
    /// on.</summary>
    Linear,

    /// <summary>The arc of a great circle, along which the length stays typical (White, Sampling generative
    /// networks, arXiv:1609.04468).</summary>
    Sphere,
}
