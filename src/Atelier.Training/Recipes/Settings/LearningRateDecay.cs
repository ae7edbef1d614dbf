namespace Atelier.Training.Recipes;

/// <summary>How the learning rates fall over a run.</summary>
public enum LearningRateDecay
{
    /// <summary>They stay.</summary>
    None,

    /// <summary>They fall in a straight line to zero at the last step.</summary>
    Linear,
}
