using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// L_D = E[max(0, m - D(x))] + E[max(0, m + D(G(z)))]; L_G = -E[D(G(z))] (Lim and Ye 2017, arXiv:1705.02894).
/// L_D is 0 when every real logit is at least m and every fake one at most -m.
/// </summary>
/// <param name="margin">m, positive; 1 as a rule. BigGAN found nothing better from 0.5 to 3, and above it
/// no stability.</param>
public sealed class HingeLoss(double margin = 1) : IAdversarialLoss
{
    /// <inheritdoc/>
    public string Name => "hinge";

    /// <inheritdoc/>
    public Tensor DiscriminatorOnReal(Tensor logits)
    {
        using var scope = new TensorScope();
        return scope.Keep((margin - logits).Relu().Mean());
    }

    /// <inheritdoc/>
    public Tensor DiscriminatorOnFake(Tensor logits)
    {
        using var scope = new TensorScope();
        return scope.Keep((margin + logits).Relu().Mean());
    }

    /// <inheritdoc/>
    public Tensor Generator(Tensor logits)
    {
        using var scope = new TensorScope();
        return scope.Keep(logits.Mean().Neg());
    }
}
