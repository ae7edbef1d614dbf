using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// Keeps each element with a probability and divides what it keeps by it, so that the mean stays (Srivastava
/// et al. 2014); the masks come from a generator of the caller's, whose state a checkpoint can keep.
/// </summary>
/// <param name="keep">Above 0 and at most 1.</param>
/// <param name="random">The random numbers.</param>
public sealed class Dropout(double keep, Generator random)
{
    /// <param name="input">Any shape.</param>
    /// <returns>Of the same shape.</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var mask = Tensor.Empty(input.Shape, input.DType, random.Device)
            .BernoulliInPlace(keep, random).Send(input.Device);
        return scope.Keep(input * (mask / keep));
    }
}
