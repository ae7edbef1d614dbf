using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>Both halves of an adversarial game, as functions of the discriminator's logits alone.</summary>
public interface IAdversarialLoss
{
    /// <summary>The name in recipes.</summary>
    string Name { get; }

    /// <summary>What the discriminator minimises on real images; one element.</summary>
    /// <param name="logits">[N, 1].</param>
    Tensor DiscriminatorOnReal(Tensor logits);

    /// <summary>What the discriminator minimises on generated images; one element.</summary>
    /// <param name="logits">[N, 1].</param>
    Tensor DiscriminatorOnFake(Tensor logits);

    /// <summary>What the generator minimises; one element.</summary>
    /// <param name="logits">[N, 1].</param>
    Tensor Generator(Tensor logits);
}
