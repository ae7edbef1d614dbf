namespace Atelier.Nn;

/// <summary>How weights start.</summary>
public enum WeightInitialization
{
    /// <summary>
    /// Rows (or columns, whichever are fewer) orthonormal; BigGAN's choice (Saxe et al. 2013).
    /// </summary>
    Orthogonal,

    /// <summary>N(0, 0.02), as in DCGAN and BigGAN-PyTorch's CIFAR recipe.</summary>
    Normal,

    /// <summary>Uniform with variance 2 / (fan in + fan out) (Glorot and Bengio 2010).</summary>
    Xavier,

    /// <summary>Normal with variance 2 / fan in, for plain ReLU classifiers (He et al. 2015).</summary>
    He,

    /// <summary>
    /// All zero: for a network that is only looked at, which then costs no memory to speak of.
    /// </summary>
    Zero,
}
