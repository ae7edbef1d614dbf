using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A distance of two images that goes with the square of a small change.</summary>
public interface IImageDistance
{
    /// <summary>Its name with whatever it depends on, for protocols.</summary>
    string Name { get; }

    /// <summary>Compares images pair by pair. No gradients are recorded.</summary>
    /// <param name="first">float32 [N, C, H, W] in [-1, 1].</param>
    /// <param name="second">Of the same shape.</param>
    /// <returns>float32 [N], each 0 or more.</returns>
    Tensor Of(Tensor first, Tensor second);
}
