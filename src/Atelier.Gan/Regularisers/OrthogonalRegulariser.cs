using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// Orthogonal regularisation of every weight W, flattened to [O, rest]: the penalty s/2 · ||W Wᵀ ∘ (1 - I)||²
/// or s/2 · ||W Wᵀ - I||², whose gradient is 2s (W Wᵀ ∘ (1 - I)) W or 2s (W Wᵀ - I) W. Over rows and with this
/// factor as BigGAN-PyTorch 9845943 utils.py ortho adds it: its strength s is twice the paper's beta.
/// </summary>
public sealed class OrthogonalRegulariser : IWeightRegulariser
{
    private readonly OrthogonalForm form;
    private readonly double strength;

    /// <summary>Creates the regulariser.</summary>
    /// <param name="form">What it asks of the rows.</param>
    /// <param name="strength">s, positive; 1e-4 in the paper's best models.</param>
    public OrthogonalRegulariser(OrthogonalForm form, double strength)
    {
        this.form = form;
        this.strength = strength;
    }

    /// <inheritdoc/>
    public void AddGradients(Module network)
    {
        using var noGrad = new NoGradScope();
        foreach (var (_, weight) in network.RegularisedWeights())
        {
            using var scope = new TensorScope();
            if (weight.Grad is not { } grad) continue;
            var matrix = weight.Flatten(1);                        // [O, I]
            var gram = matrix.Matmul(matrix.T());                  // [O, O]
            if (form == OrthogonalForm.Full) gram.Diagonal().SubInPlace(1);
            else gram.Diagonal().ZeroInPlace();
            grad.AddInPlace(gram.Matmul(matrix).Reshape(weight.Shape), 2 * strength);
        }
    }
}
