using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>A discriminator, class-conditional or not.</summary>
public abstract class DiscriminatorNetwork : Module
{
    /// <summary>Judges images.</summary>
    /// <param name="images">[N, C, R, R] in [-1, 1].</param>
    /// <param name="classes">Class ids [N], int64.</param>
    public abstract DiscriminatorOutput Discriminate(Tensor images, Tensor classes);
}
