using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Training.Monitors;

/// <summary>
/// The three largest singular values of every weight of a network. Raw weights, as the optimiser holds them:
/// under spectral norm the effective ones always have a largest value near 1, and what grows before a
/// collapse would not be seen (BigGAN, arXiv:1809.11096, section 4.1 and figure 3).
/// </summary>
public sealed class WeightSpectra : IDisposable
{
    private readonly List<(string Layer, Tensor Weight, TopSingularValues Values)> weights;

    /// <summary>Prepares the measurement of every parameter of two or more dimensions.</summary>
    public WeightSpectra(Module network) => weights =
    [
        .. network.NamedParameters()
            .Where(static p => p.Tensor.Rank >= 2)
            .Select(static p => (LayerNames.Of(p.Name), p.Tensor, new TopSingularValues(p.Tensor))),
    ];

    /// <summary>Three values a layer, largest first.</summary>
    public IReadOnlyDictionary<string, double[]> Measure() =>
        weights.ToDictionary(static w => w.Layer, static w => w.Values.Measure(w.Weight),
            StringComparer.Ordinal);

    /// <summary>Where the measurements begin next, by layer; part of a checkpoint.</summary>
    public IEnumerable<NamedTensor> State() =>
        weights.Select(static w => new NamedTensor(w.Layer, w.Values.State));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, values) in weights) values.Dispose();
    }
}
