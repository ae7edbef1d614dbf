using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>How the pooling branch of an Inception block treats its 3x3 squares. This is where the network of
/// TensorFlow, on which FID and the Inception Score are defined, and torchvision's differ.</summary>
internal enum InceptionPooling
{
    /// <summary>Mean of nine, zeros beyond the border counted: torchvision.</summary>
    MeanWithBorder,

    /// <summary>Mean of the pixels that are there: TensorFlow.</summary>
    MeanWithoutBorder,

    /// <summary>The largest: the very last block of TensorFlow's.</summary>
    Largest,
}
