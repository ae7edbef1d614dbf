using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Layer normalisation over the last dimension, with gain and bias.</summary>
internal sealed class FrozenLayerNorm(string name, long size, double epsilon) : FrozenLayer
{
    private Tensor? weight;
    private Tensor? bias;

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSlot> Slots =>
        [new(name + ".weight", [size]), new(name + ".bias", [size])];

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, Tensor> weights, WeightFolding folding)
    {
        weight = OwnCopy(weights[name + ".weight"]);
        bias = OwnCopy(weights[name + ".bias"]);
    }

    /// <param name="input">[..., size].</param>
    public Tensor Forward(Tensor input) => Aten.LayerNorm(input, [size], weight, bias, epsilon);
}
