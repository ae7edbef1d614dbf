using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A single learnt tensor, such as an embedding of positions.</summary>
internal sealed class FrozenTensor(string name, params long[] shape) : FrozenLayer
{
    private Tensor? value;

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSlot> Slots => [new(name, shape)];

    /// <summary>The tensor.</summary>
    public Tensor Value => value!;

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, Tensor> weights, WeightFolding folding) =>
        value = OwnCopy(weights[name]);
}
