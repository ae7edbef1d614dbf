using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// L_D = E[max(0, 1 - D(x))] + E[max(0, 1 + D(G(z)))]; L_G = -E[D(G(z))] (Lim and Ye 2017, arXiv:1705.02894).
/// L_D is 0 when every real logit is at least 1 and every fake one at most -1.
/// </summary>
public sealed class HingeLoss : IAdversarialLoss
{
    /// <inheritdoc/>
    public string Name => "hinge";

    /// <inheritdoc/>
    public Tensor DiscriminatorOnReal(Tensor logits)
    {
        using var scope = new TensorScope();
        return scope.Keep((1 - logits).Relu().Mean());
    }

    /// <inheritdoc/>
    public Tensor DiscriminatorOnFake(Tensor logits)
    {
        using var scope = new TensorScope();
        return scope.Keep((1 + logits).Relu().Mean());
    }

    /// <inheritdoc/>
    public Tensor Generator(Tensor logits)
    {
        using var scope = new TensorScope();
        return scope.Keep(logits.Mean().Neg());
    }
}
