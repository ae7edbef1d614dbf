using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Gradient descent with Nesterov momentum and weight decay, equal to torch.optim.SGD(nesterov=True):
/// d = g + wd w;  v = mu v + d;  w -= lr (d + mu v).
/// </summary>
internal sealed class NesterovSgd : IDisposable
{
    private readonly Tensor[] parameters;
    private readonly Tensor[] velocities;
    private readonly double momentum;
    private readonly double weightDecay;

    public NesterovSgd(Module module, double momentum, double weightDecay)
    {
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        parameters = module.Parameters();
        using var noGrad = new NoGradScope();
        velocities = [.. parameters.Select(parameter => parameter.ZerosLike().DetachFromScope())];
    }

    /// <summary>Moves every parameter by its gradient.</summary>
    public void Step(double learningRate)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var gradients = Array.ConvertAll(parameters, parameter => parameter.Grad
            ?? throw new AtelierException(FailureKind.Bug, "A parameter of the backbone has no gradient."));
        var direction = Aten.ForeachAdd(gradients, parameters, weightDecay);
        Aten.ForeachMulInPlace(velocities, momentum);
        Aten.ForeachAddInPlace(velocities, direction, 1);
        Aten.ForeachAddInPlace(direction, velocities, momentum);
        Aten.ForeachAddInPlace(parameters, direction, -learningRate);
    }

    public void Dispose()
    {
        foreach (var velocity in velocities) velocity.Dispose();
    }
}
