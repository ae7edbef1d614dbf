using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>BatchNorm with a learnt gain and bias per channel (Ioffe and Szegedy 2015).</summary>
public sealed class BatchNorm2d : Module, IUnaryModule, IConditionalNorm
{
    private readonly Tensor gain;
    private readonly Tensor bias;
    private readonly BatchStatistics statistics;

    private readonly bool addsGain;

    /// <summary>Creates gain 1 and bias 0.</summary>
    /// <param name="channels">C.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="addsGain">Add the gain instead of multiplying by it.</param>
    public BatchNorm2d(long channels, double epsilon, bool addsGain = false)
    {
        this.addsGain = addsGain;
        using var scope = new TensorScope();
        gain = Parameter("gain", Tensor.Ones([channels]));
        bias = Parameter("bias", Tensor.Zeros([channels]));
        statistics = Child("statistics", new BatchStatistics(channels, epsilon));
    }

    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, C, H, W].</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var output = addsGain
            ? statistics.Normalize(input) + (gain + bias).To(input.DType).Reshape([1, -1, 1, 1])
            : statistics.Normalize(input, gain, bias);
        return scope.Keep(LayerTrace.Record(this, output));
    }

    /// <summary>The larger of <see cref="Forward"/> and 0.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, C, H, W].</returns>
    public Tensor ForwardThenRelu(Tensor input)
    {
        using var scope = new TensorScope();
        return scope.Keep(
            addsGain || LayerTrace.IsOpen
                ? Forward(input).Relu()
                : statistics.NormalizeThenRelu(input, gain, bias));
    }

    /// <inheritdoc/>
    Tensor IConditionalNorm.Forward(Tensor input, Tensor? condition) => Forward(input);

    /// <inheritdoc/>
    Tensor IConditionalNorm.ForwardThenRelu(Tensor input, Tensor? condition) => ForwardThenRelu(input);
}
