using Atelier.Gan;
using Atelier.Nn;

namespace Atelier.Training.Loop;

/// <summary>What acts on the weights of one network around its optimiser's step.</summary>
/// <param name="Penalties">Add their gradients before the step.</param>
public sealed record NetworkRegularisers(IReadOnlyList<IWeightRegulariser> Penalties)
{
    /// <summary>Adds every penalty's gradient to the averaged gradients of the batches.</summary>
    public void BeforeStep(Module network)
    {
        foreach (var penalty in Penalties) penalty.AddGradients(network);
    }
}
