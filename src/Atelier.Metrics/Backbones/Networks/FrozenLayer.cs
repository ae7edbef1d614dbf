using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// A layer whose weights come from a published file and never change: it says what it needs, takes it once,
/// and keeps it in the form that runs fastest.
/// </summary>
internal abstract class FrozenLayer : IDisposable
{
    private readonly List<Tensor> owned = [];

    /// <summary>The tensors that the layer needs, in the order of its state dict.</summary>
    public abstract IReadOnlyList<WeightSlot> Slots { get; }

    /// <summary>Takes the weights; they are copied, and stay the caller's.</summary>
    /// <param name="weights">float32 tensors of the shapes of <see cref="Slots"/>.</param>
    /// <param name="folding">What becomes of BatchNorm.</param>
    public abstract void Load(IReadOnlyDictionary<string, Tensor> weights, WeightFolding folding);

    /// <summary>Frees the weights.</summary>
    public virtual void Dispose()
    {
        foreach (var tensor in owned) tensor.Dispose();
        owned.Clear();
    }

    /// <summary>A tensor that lives as long as the layer.</summary>
    protected Tensor Own(Tensor tensor)
    {
        owned.Add(tensor.DetachFromScope());
        return tensor;
    }

    /// <summary>A copy that lives as long as the layer.</summary>
    protected Tensor OwnCopy(Tensor tensor) => Own(tensor.Clone());
}
