using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>BatchNorm with a learnt bias and no gain, then ReLU. Behind it come weights that can take the
/// gain's place.</summary>
internal sealed class BiasNormRelu : Module
{
    private const double Epsilon = 1e-5;

    private readonly Tensor bias;
    private readonly BatchStatistics statistics;

    public BiasNormRelu(long channels)
    {
        using var scope = new TensorScope();
        bias = Parameter("bias", Tensor.Zeros([channels]));
        statistics = Child("statistics", new BatchStatistics(channels, Epsilon));
    }

    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, C, H, W].</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        return scope.Keep(statistics.NormalizeThenRelu(input, Tensor.Ones(bias.Shape), bias));
    }
}
