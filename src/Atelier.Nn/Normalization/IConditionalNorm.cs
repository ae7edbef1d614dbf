using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>A normalisation that a condition may steer.</summary>
public interface IConditionalNorm
{
    /// <param name="input">[N, C, H, W].</param>
    /// <param name="condition">What steers it; null only for one that nothing steers.</param>
    /// <returns>[N, C, H, W].</returns>
    Tensor Forward(Tensor input, Tensor? condition);

    /// <summary>The larger of <see cref="Forward"/> and 0, in one operator where there is one.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <param name="condition">As of <see cref="Forward"/>.</param>
    /// <returns>[N, C, H, W].</returns>
    Tensor ForwardThenRelu(Tensor input, Tensor? condition);
}
