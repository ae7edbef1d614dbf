using Atelier.Gan;
using Atelier.Nn;

namespace Atelier.Training.Loop;

/// <summary>What acts on the weights of one network around its optimiser's step.</summary>
/// <param name="Network">The network.</param>
/// <param name="Penalties">Add their gradients before the step.</param>
/// <param name="Constraints">Put the weights back into their bounds after it.</param>
public sealed record NetworkRegularisers(
    Module Network, IReadOnlyList<IWeightRegulariser> Penalties, IReadOnlyList<IWeightConstraint> Constraints)
{
    /// <summary>Adds every penalty's gradient to the averaged gradients of the batches.</summary>
    public void BeforeStep()
    {
        foreach (var penalty in Penalties) penalty.AddGradients(Network);
    }

    /// <summary>Puts the weights back into every bound.</summary>
    public void AfterStep()
    {
        foreach (var constraint in Constraints) constraint.Apply();
    }
}
