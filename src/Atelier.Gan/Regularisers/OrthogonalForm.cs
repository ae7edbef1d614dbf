namespace Atelier.Gan;

/// <summary>What orthogonal regularisation asks of the rows of a weight.</summary>
public enum OrthogonalForm
{
    /// <summary>
    /// To be orthogonal, whatever their lengths: ||W Wᵀ ∘ (1 - I)||² (BigGAN paper, section 3.1).
    /// </summary>
    OffDiagonal,

    /// <summary>
    /// To be orthonormal: ||W Wᵀ - I||² (Brock et al. 2016, arXiv:1609.07093), which BigGAN found too
    /// strict.
    /// </summary>
    Full,
}
