using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// R1 = gamma/2 · E ||∇ₓ D(x)||² on real images (Mescheder et al. 2018, arXiv:1801.04406; BigGAN paper,
/// section 4.2). With an interval k it is added to every k-th update only, k times as large, as StyleGAN2
/// does (arXiv:1912.04958, appendix B); its update is the game's own, so Adam needs no other constants.
/// </summary>
/// <param name="gamma">Positive; BigGAN swept 1e-3 to 10.</param>
/// <param name="interval">At least 1; StyleGAN2 takes 16.</param>
public sealed class R1Penalty(double gamma, int interval = 1) : IRealImagePenalty
{
    /// <inheritdoc/>
    public bool IsDue(long update) => update % interval == 0;

    /// <inheritdoc/>
    public Tensor Penalty(Tensor images, Tensor logits)
    {
        using var scope = new TensorScope();
        // A batch's logits depend on their own image alone, so the gradient of the sum has every image's own.
        var gradient = Autograd.Grad([logits.Sum()], [images], createGraph: true)[0]!;   // [N, C, R, R]
        var factor = gamma / 2 * interval / images.Size(0);
        return scope.Keep(gradient.To(DType.Float32).Square().Sum() * factor);
    }
}
