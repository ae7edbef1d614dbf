using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>Keeps a module's parameters and buffers as the moving average of another one's.</summary>
public sealed class ExponentialMovingAverage
{
    private readonly EmaOptions options;
    private readonly Tensor[] source;
    private readonly Tensor[] average;

    /// <summary>Starts with the average equal to the source.</summary>
    public ExponentialMovingAverage(Module source, Module average, EmaOptions options)
    {
        this.options = options;
        average.CopyStateFrom(source);
        this.source = [.. source.State().Select(static s => s.Tensor)];
        this.average = [.. average.State().Select(static s => s.Tensor)];
    }

    /// <summary>average = decay * average + (1 - decay) * source, after a step (counted from 0).</summary>
    public void Update(long step)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var decay = DecayAt(step);
        Aten.ForeachMulInPlace(average, decay);
        Aten.ForeachAddInPlace(average, source, 1 - decay);
    }

    /// <summary>The decay used at a step: 0 before the start, which copies.</summary>
    public double DecayAt(long step)
    {
        if (step < options.StartStep) return 0;
        var since = step - options.StartStep;
        return options.IsRamped ? Math.Min(options.Decay, (1.0 + since) / (10.0 + since)) : options.Decay;
    }
}
