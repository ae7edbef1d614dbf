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

    /// <summary>All zero: for tables that start without effect.</summary>
    Zero,

    /// <summary>
    /// One zero in the place of all: for a network that is looked at, never run or trained.
    /// </summary>
    Blank,

    /// <summary>
    /// A 3x3 convolution hands its first inputs on unchanged: output channel k is input channel k while there
    /// are inputs left. All other weights are uniform within 1 / sqrt(fan in). For classifiers without skips
    /// (Zagoruyko and Komodakis, DiracNets, arXiv:1706.00388; Jordan, arXiv:2404.00498, section 3.2).
    /// </summary>
    PartialIdentity,
}
