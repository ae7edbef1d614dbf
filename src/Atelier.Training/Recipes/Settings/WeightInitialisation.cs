namespace Atelier.Training.Recipes;

/// <summary>Law of the initial weights.</summary>
public enum WeightInitialisation
{
    /// <summary>Rows or columns orthonormal (BigGAN's choice).</summary>
    Orthogonal,

    /// <summary>N(0, 0.02²).</summary>
    Normal,

    /// <summary>Uniform with Glorot's variance.</summary>
    Xavier,
}
