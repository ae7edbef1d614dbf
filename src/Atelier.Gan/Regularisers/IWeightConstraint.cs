namespace Atelier.Gan;

/// <summary>A bound that weights are put back into after every step of their optimiser.</summary>
public interface IWeightConstraint
{
    /// <summary>Changes the weights in place, without a graph.</summary>
    void Apply();
}
