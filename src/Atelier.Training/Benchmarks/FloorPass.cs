namespace Atelier.Training.Benchmarks;

/// <summary>What of a convolution or product is computed.</summary>
public enum FloorPass
{
    /// <summary>The result.</summary>
    Forward,

    /// <summary>The gradient of the input, as through a network that is not trained.</summary>
    InputGradient,

    /// <summary>The gradient of the weight, as where the input is data.</summary>
    WeightGradient,

    /// <summary>Both gradients.</summary>
    BothGradients,
}
