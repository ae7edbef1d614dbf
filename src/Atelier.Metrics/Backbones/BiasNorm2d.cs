using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>BatchNorm with a learnt bias and no gain: behind it comes a ReLU and another convolution, whose
/// weights can take the gain's place.</summary>
internal sealed class BiasNorm2d : Module
{
    private const double Epsilon = 1e-5;

    private readonly Tensor bias;
    private readonly BatchStatistics statistics;

    public BiasNorm2d(long channels)
    {
        using var scope = new TensorScope();
        bias = Parameter("bias", Tensor.Zeros([channels]));
        statistics = Child("statistics", new BatchStatistics(channels, Epsilon));
    }

    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, C, H, W].</returns>
    public Tensor Forward(Tensor input) => statistics.Normalize(input, bias: bias);
}
