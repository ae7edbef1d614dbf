using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A block of Inception: branches from one input, their channels behind one another.</summary>
internal abstract class InceptionBlock
{
    /// <param name="input">[N, I, H, W], channels-last.</param>
    /// <returns>[N, O, H', W'], channels-last.</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        return scope.Keep(Aten.Cat(Branches(input), 1));
    }

    /// <summary>The branches in the order of their channels.</summary>
    protected abstract Tensor[] Branches(Tensor input);
}
