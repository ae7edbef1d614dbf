using Atelier.Nn;

namespace Atelier.Gan;

/// <summary>A penalty on a network's weights alone, known by its gradient.</summary>
public interface IWeightRegulariser
{
    /// <summary>
    /// Adds the penalty's gradient to the gradients that the weights have, in place and without a graph;
    /// weights without a gradient stay as they are. Call it once an update, after the batches' gradients are
    /// averaged.
    /// </summary>
    void AddGradients(Module network);
}
