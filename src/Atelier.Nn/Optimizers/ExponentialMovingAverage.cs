using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// Keeps a module's parameters and buffers as the moving average of another one's (BigGAN paper, section 3
/// and appendix C).
/// </summary>
public sealed class ExponentialMovingAverage
{
    private readonly Tensor[] source;
    private readonly Tensor[] average;

    /// <summary>Starts with the average equal to the source.</summary>
    public ExponentialMovingAverage(Module source, Module average)
    {
        average.CopyStateFrom(source);
        this.source = [.. source.State().Select(static s => s.Tensor)];
        this.average = [.. average.State().Select(static s => s.Tensor)];
    }

    /// <summary>average = decay * average + (1 - decay) * source, in one pass over memory.</summary>
    /// <param name="decay">In [0, 1); 0 copies.</param>
    public void Update(double decay)
    {
        using var scope = new TensorScope();
        var device = average[0].Device;
        var exact = device.Type == DeviceType.Cpu ? DType.Float64 : DType.Float32;
        Fused.AverageInPlace(average, source, Tensor.Full([1], decay, exact, device));
    }
}
