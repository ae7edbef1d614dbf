using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>y = x Wᵀ + b.</summary>
internal sealed class FrozenLinear(string name, long inputs, long outputs, bool hasBias = true) : FrozenLayer
{
    private Tensor? weight;
    private Tensor? bias;

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSlot> Slots =>
        hasBias
            ? [new(name + ".weight", [outputs, inputs]), new(name + ".bias", [outputs])]
            : [new(name + ".weight", [outputs, inputs])];

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, Tensor> weights, WeightFolding folding)
    {
        weight = OwnCopy(weights[name + ".weight"]);
        if (hasBias) bias = OwnCopy(weights[name + ".bias"]);
    }

    /// <param name="input">[..., I].</param>
    /// <returns>[..., O].</returns>
    public Tensor Forward(Tensor input) => Aten.Linear(input, weight!, bias);

    /// <summary>The same without the bias.</summary>
    public Tensor ForwardWithoutBias(Tensor input) => Aten.Linear(input, weight!, null);
}
