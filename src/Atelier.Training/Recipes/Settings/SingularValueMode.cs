namespace Atelier.Training.Recipes;

/// <summary>What is done about the largest singular values of the generator's weights.</summary>
public enum SingularValueMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A penalty draws them towards the target.</summary>
    Penalty,

    /// <summary>They are cut down to the target after every step.</summary>
    Clamp,
}
