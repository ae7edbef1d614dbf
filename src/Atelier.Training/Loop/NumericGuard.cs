using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>
/// Stops a run at the first number that is not finite and says where it is. Losses are looked at every step,
/// gradients every tenth (and at once when a loss is bad), weights before every checkpoint.
/// </summary>
public sealed class NumericGuard(GanSession session)
{
    private const int GradientInterval = 10;

    /// <summary>The value of a loss.</summary>
    /// <exception cref="AtelierException">It is NaN or infinite.</exception>
    public double Finite(long step, string what, double loss) =>
        double.IsFinite(loss) ? loss : throw Failure(step, $"{what} is {loss}");

    /// <summary>Looks at a network's gradients, every tenth step.</summary>
    /// <exception cref="AtelierException">One is not finite.</exception>
    public void CheckGradients(long step, string network, Module module)
    {
        if (step % GradientInterval != 0) return;
        if (FirstBadGradient(network, module) is { } name) throw Failure(step, $"{name} is not finite");
    }

    /// <summary>Looks at everything that a checkpoint would keep.</summary>
    /// <exception cref="AtelierException">A tensor is not finite.</exception>
    public void CheckState(long step)
    {
        if (FirstBad(session.AllTensors()) is { } name) throw Failure(step, $"{name} is not finite");
    }

    private AtelierException Failure(long step, string what)
    {
        var culprit = FirstBad(session.AllTensors())
            ?? FirstBadGradient("discriminator", session.Discriminator)
            ?? FirstBadGradient("generator", session.Generator);
        var where = culprit is null || what.Contains(culprit, StringComparison.Ordinal)
            ? ""
            : $"; the first tensor that is not finite is {culprit}";
        return new AtelierException(
            FailureKind.Numeric,
            $"At step {step} {what}{where}. The last checkpoint is sound. Lower the learning rates " +
            "(--set training.generator.lr=…), or use --precision fp32, and go on with --resume auto.");
    }

    private static string? FirstBadGradient(string network, Module module)
    {
        using var scope = new TensorScope();
        return FirstBad(module.NamedParameters()
            .Select(p => (p.Name, p.Tensor.Grad))
            .Where(static g => g.Grad is not null)
            .Select(g => new NamedTensor($"the gradient of {network}.{g.Name}", g.Grad!)));
    }

    private static string? FirstBad(IEnumerable<NamedTensor> tensors)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        foreach (var (name, tensor) in tensors)
        {
            // A sum is finite only if every element is (or if it overflows, which is bad news as well).
            if (!double.IsFinite(tensor.Sum(DType.Float64).Item())) return name;
        }

        return null;
    }
}
