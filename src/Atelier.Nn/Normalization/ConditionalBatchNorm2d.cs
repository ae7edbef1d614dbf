using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// BatchNorm whose gain and bias come from a condition: gain = 1 + g(c), bias = b(c). With tables of its own
/// for g and b the condition is a class id; with linear maps it is a vector, such as a shared class embedding
/// joined with a chunk of z (BigGAN paper, section 3.1 and appendix B).
/// </summary>
public sealed class ConditionalBatchNorm2d : Module, IConditionalNorm
{
    private readonly IUnaryModule gain;
    private readonly IUnaryModule bias;
    private readonly BatchStatistics statistics;
    private readonly long channels;
    private readonly bool addsGain;

    private ConditionalBatchNorm2d(
        long channels, double epsilon, Module gain, Module bias, bool addsGain)
    {
        this.addsGain = addsGain;
        this.channels = channels;
        this.gain = (IUnaryModule)Child("gain", gain);
        this.bias = (IUnaryModule)Child("bias", bias);
        statistics = Child("statistics", new BatchStatistics(channels, epsilon));
    }

    /// <summary>Gain and bias from tables of this layer's own; the condition is a class id.</summary>
    public static ConditionalBatchNorm2d PerClass(
        long channels, long classes, double epsilon, InitializationContext init, bool addsGain = false) =>
        new(
            channels, epsilon, new Embedding(classes, channels, null, init),
            new Embedding(classes, channels, null, init), addsGain);

    /// <summary>Gain and bias as linear maps, without bias, of a condition vector.</summary>
    public static ConditionalBatchNorm2d FromVector(
        long channels, long conditionSize, double epsilon, SpectralNormOptions? spectralNorm,
        InitializationContext init, bool addsGain = false) =>
        new(
            channels, epsilon,
            new Linear(conditionSize, channels, spectralNorm, init, hasBias: false),
            new Linear(conditionSize, channels, spectralNorm, init, hasBias: false), addsGain);

    /// <param name="input">[N, C, H, W].</param>
    /// <param name="condition">Class ids [N], int64, or vectors [N, V]; never null.</param>
    /// <returns>[N, C, H, W].</returns>
    public Tensor Forward(Tensor input, Tensor? condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var scope = new TensorScope();
        var (scale, shift) = Factors(condition);
        // In the input's type, or a float32 gain would widen a bfloat16 image.
        scale = scale.To(input.DType).Reshape([-1, channels, 1, 1]);
        shift = shift.To(input.DType).Reshape([-1, channels, 1, 1]);
        var normalized = statistics.Normalize(input);
        var output = addsGain ? normalized + scale + shift : shift.Addcmul(normalized, scale);
        return scope.Keep(LayerTrace.Record(this, output));
    }

    /// <inheritdoc/>
    public Tensor ForwardThenRelu(Tensor input, Tensor? condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var scope = new TensorScope();
        if (addsGain || LayerTrace.IsOpen) return scope.Keep(Forward(input, condition).Relu());
        var (scale, shift) = Factors(condition);
        return scope.Keep(statistics.NormalizeThenRelu(input, scale, shift));
    }

    // [N, C] both.
    private (Tensor Scale, Tensor Shift) Factors(Tensor condition) =>
        (gain.Forward(condition) + 1, bias.Forward(condition));
}
