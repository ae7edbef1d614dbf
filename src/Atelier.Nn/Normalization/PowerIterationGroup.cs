using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// Takes the power iterations of all spectral norms of a network together, and once for each change of its
/// weights instead of at every forward pass (Miyato et al. 2018, arXiv:1802.05957, algorithm 1, iterates once
/// an update). Between two changes every pass divides by the same values; a pass that needs no gradient of
/// the weights shares one divided weight with all others. It acts in training mode; in evaluation each norm
/// goes on alone.
/// </summary>
public sealed class PowerIterationGroup : IDisposable
{
    private readonly List<Layer> layers = [];
    private readonly List<Layer[]> calls;
    private bool isStale = true;

    /// <summary>Takes over the iterations of a network until it is disposed.</summary>
    public PowerIterationGroup(Module network)
    {
        var weights = network.NamedParameters().ToDictionary(static p => p.Name, static p => p.Tensor);
        foreach (var (path, module) in network.Modules())
        {
            if (module is not SpectralNorm norm) continue;
            // A layer has its weight beside its norm.
            var owner = path[..(path.LastIndexOf('.') + 1)];
            var layer = new Layer(norm, weights[owner + "weight"]);
            layers.Add(layer);
            norm.Division = () => Divide(layer);
        }

        calls = [.. layers.GroupBy(static l => l.Norm.Options).Select(static g => g.ToArray())];
    }

    /// <summary>The next pass in training mode iterates anew.</summary>
    public void WeightsChanged()
    {
        isStale = true;
        foreach (var layer in layers) layer.Forget();
    }

    /// <summary>Gives every norm its own iterations back.</summary>
    public void Dispose()
    {
        foreach (var layer in layers) layer.Dispose();
        layers.Clear();
    }

    private Tensor Divide(Layer layer)
    {
        if (isStale) Iterate();
        return layer.Divide();
    }

    private void Iterate()
    {
        isStale = false;
        foreach (var call in calls)
        {
            var options = call[0].Norm.Options;
            if (options.SingularValues > 1)
            {
                foreach (var layer in call) layer.Norm.Advance(layer.Weight, layer.Right);
                continue;
            }

            Fused.PowerIterationsInPlace(
                [.. call.Select(static l => l.Weight)], [.. call.Select(static l => l.Norm.Left)],
                [.. call.Select(static l => l.Right)], [.. call.Select(static l => l.Norm.Sigma)],
                options.Iterations, options.Epsilon);
        }
    }

    /// <summary>A weight, the right vector of its last iteration, and perhaps the weight divided.</summary>
    private sealed class Layer(SpectralNorm norm, Tensor weight) : IDisposable
    {
        private Tensor? divided;

        public SpectralNorm Norm => norm;

        public Tensor Weight => weight;

        public Tensor Right { get; } = RowLike(weight);

        public Tensor Divide()
        {
            if (!weight.RequiresGrad || !Autograd.IsRecording)
                return divided ??= Quotient().DetachFromScope();
            Forget();
            return Quotient();
        }

        public void Forget()
        {
            divided?.Dispose();
            divided = null;
        }

        public void Dispose()
        {
            norm.Division = null;
            Forget();
            Right.Dispose();
        }

        private Tensor Quotient() =>
            Fused.SpectralDivide(weight, norm.Left, Right, norm.Sigma, norm.Options.Epsilon);

        private static Tensor RowLike(Tensor weight) => Tensor
            .Zeros([1, weight.NumberOfElements / weight.Size(0)], DType.Float32, weight.Device)
            .DetachFromScope();
    }
}
