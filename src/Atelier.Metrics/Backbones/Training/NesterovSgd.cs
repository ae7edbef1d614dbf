using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Gradient descent with Nesterov momentum and weight decay, equal to torch.optim.SGD(nesterov=True):
/// d = g + wd w;  v = mu v + d;  w -= lr (d + mu v). Biases may have a larger rate, with a decay that is as
/// much smaller, so that the decay of a step is the same.
/// </summary>
internal sealed class NesterovSgd : IDisposable
{
    private readonly (Tensor[] Parameters, Tensor[] Velocities, double Rate)[] groups;
    private readonly double momentum;
    private readonly double weightDecay;

    /// <param name="module">Whose parameters are moved.</param>
    /// <param name="momentum">mu, 0 up to 1.</param>
    /// <param name="weightDecay">wd.</param>
    /// <param name="biasRate">How many times larger the rate of parameters called "bias" is.</param>
    public NesterovSgd(Module module, double momentum, double weightDecay, double biasRate = 1)
    {
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        using var noGrad = new NoGradScope();
        groups =
        [
            .. module.NamedParameters().GroupBy(item => IsBias(item.Name) ? biasRate : 1).Select(group =>
            {
                Tensor[] parameters = [.. group.Select(static item => item.Tensor)];
                Tensor[] velocities = Array.ConvertAll(
                    parameters, static parameter => parameter.ZerosLike().DetachFromScope());
                return (parameters, velocities, group.Key);
            }),
        ];
    }

    /// <summary>Moves every parameter by its gradient.</summary>
    public void Step(double learningRate)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        foreach (var (parameters, velocities, rate) in groups)
        {
            var gradients = Array.ConvertAll(parameters, parameter => parameter.Grad
                ?? throw new AtelierException(
                    FailureKind.Bug, "A parameter of the backbone has no gradient."));
            var direction = Aten.ForeachAdd(gradients, parameters, weightDecay / rate);
            Aten.ForeachMulInPlace(velocities, momentum);
            Aten.ForeachAddInPlace(velocities, direction, 1);
            Aten.ForeachAddInPlace(direction, velocities, momentum);
            Aten.ForeachAddInPlace(parameters, direction, -learningRate * rate);
        }
    }

    public void Dispose()
    {
        foreach (var group in groups)
            foreach (var velocity in group.Velocities)
                velocity.Dispose();
    }

    private static bool IsBias(string name) =>
        name == "bias" || name.EndsWith(".bias", StringComparison.Ordinal);
}
