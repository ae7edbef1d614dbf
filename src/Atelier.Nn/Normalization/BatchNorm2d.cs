using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>BatchNorm with a learnt gain and bias per channel (Ioffe and Szegedy 2015).</summary>
public sealed class BatchNorm2d : Module, IUnaryModule, IConditionalNorm
{
    private readonly Tensor gain;
    private readonly Tensor bias;
    private readonly BatchStatistics statistics;

    /// <summary>Creates gain 1 and bias 0.</summary>
    public BatchNorm2d(long channels, double epsilon)
    {
        using var scope = new TensorScope();
        gain = Parameter("gain", Tensor.Ones([channels]));
        bias = Parameter("bias", Tensor.Zeros([channels]));
        statistics = Child("statistics", new BatchStatistics(channels, epsilon));
    }

    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, C, H, W].</returns>
    public Tensor Forward(Tensor input) =>
        LayerTrace.Record(this, statistics.Normalize(input, gain, bias));

    /// <inheritdoc/>
    Tensor IConditionalNorm.Forward(Tensor input, Tensor? condition) => Forward(input);
}
