using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// A slow average that the weights, and the statistics that belong to them, are drawn back to (Zhang et al.,
/// Lookahead Optimizer, arXiv:1907.08610).
/// </summary>
internal sealed class Lookahead : IDisposable
{
    private readonly Tensor[] fast;
    private readonly Tensor[] slow;

    /// <summary>Starts with the average equal to the module.</summary>
    public Lookahead(Module module)
    {
        fast = [.. module.State().Select(static state => state.Tensor)];
        using var noGrad = new NoGradScope();
        slow = [.. fast.Select(static tensor => tensor.Clone().DetachFromScope())];
    }

    /// <summary>Both become share * slow + (1 - share) * fast.</summary>
    /// <param name="share">0 to 1; 1 takes the average as it is.</param>
    public void Pull(double share)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        for (var k = 0; k < fast.Length; k++)
        {
            slow[k].LerpInPlace(fast[k], 1 - share);
            fast[k].CopyInPlace(slow[k]);
        }
    }

    /// <summary>How strongly step number <paramref name="step"/> of all draws: 0.95^5 times the cube of the
    /// share of steps done (Jordan, arXiv:2404.00498, listing 4), and 1 after the last.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="steps">All steps.</param>
    public static double Share(long step, long steps) =>
        step == steps ? 1 : Math.Pow(0.95, 5) * Math.Pow(step / (double)steps, 3);

    public void Dispose()
    {
        foreach (var tensor in slow) tensor.Dispose();
    }
}
