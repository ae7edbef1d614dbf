using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// Keeps a module's parameters and buffers as the moving average of another one's (BigGAN paper, section 3
/// and appendix C).
/// </summary>
public sealed class ExponentialMovingAverage : IDisposable
{
    private readonly Tensor[] source;
    private readonly Tensor[] average;
    private readonly Tensor kept;

    /// <summary>Starts with the average equal to the source.</summary>
    public ExponentialMovingAverage(Module source, Module average)
    {
        average.CopyStateFrom(source);
        this.source = [.. source.State().Select(static s => s.Tensor)];
        this.average = [.. average.State().Select(static s => s.Tensor)];
        var device = this.average[0].Device;
        kept = Tensor
            .Zeros([1], device.Type == DeviceType.Cpu ? DType.Float64 : DType.Float32, device)
            .DetachFromScope();
    }

    /// <summary>average = decay * average + (1 - decay) * source, in one pass over memory.</summary>
    /// <param name="decay">In [0, 1); 0 copies.</param>
    public void Update(double decay)
    {
        Prepare(decay);
        Apply();
    }

    /// <summary>Hands the decay to the device, for the calls of <see cref="Apply"/> that follow.</summary>
    public void Prepare(double decay)
    {
        using var noGrad = new NoGradScope();
        kept.FillInPlace(decay);
    }

    /// <summary>
    /// <see cref="Update"/> without <see cref="Prepare"/>: work of the device alone, which can be recorded.
    /// </summary>
    public void Apply() => Fused.AverageInPlace(average, source, kept);

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();
}
