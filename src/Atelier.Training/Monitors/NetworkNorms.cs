using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Training.Monitors;

/// <summary>Euclidean norms of a network's parameters and of their gradients.</summary>
/// <param name="Weight">Over the whole network.</param>
/// <param name="Gradient">Over the whole network; of the last update; 0 where there is none.</param>
/// <param name="Weights">By parameter.</param>
/// <param name="Gradients">By parameter, those that have a gradient.</param>
public sealed record NetworkNorms(
    double Weight, double Gradient, IReadOnlyDictionary<string, double> Weights,
    IReadOnlyDictionary<string, double> Gradients)
{
    /// <summary>Measures a network as the last step left it.</summary>
    public static NetworkNorms Of(Module network)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var parameters = network.NamedParameters();
        var weights = Norms([.. parameters.Select(static p => new NamedTensor(p.Name, p.Tensor.Detach()))]);
        var gradients = Norms(
            [.. parameters
                .Select(static p => (p.Name, p.Tensor.Grad))
                .Where(static g => g.Grad is not null)
                .Select(static g => new NamedTensor(g.Name, g.Grad!))]);
        return new NetworkNorms(Total(weights), Total(gradients), weights, gradients);
    }

    private static Dictionary<string, double> Norms(IReadOnlyList<NamedTensor> tensors)
    {
        if (tensors.Count == 0) return [];
        // One transfer for all: on a GPU each Item would wait.
        var norms = Aten.Stack(Aten.ForeachNorm([.. tensors.Select(static t => t.Tensor)]))
            .To(DType.Float64).ToArray<double>();
        return tensors.Select(static t => LayerNames.Of(t.Name)).Zip(norms)
            .ToDictionary(static n => n.First, static n => n.Second, StringComparer.Ordinal);
    }

    private static double Total(Dictionary<string, double> norms) =>
        Math.Sqrt(norms.Values.Sum(static n => n * n));
}
