using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>A class-conditional discriminator.</summary>
public interface IDiscriminator
{
    /// <summary>Judges images.</summary>
    /// <param name="images">[N, C, R, R] in [-1, 1].</param>
    /// <param name="classes">Class ids [N], int64.</param>
    DiscriminatorOutput Discriminate(Tensor images, Tensor classes);
}
