using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>
/// Collects the numbers of a step. They are read at once, so that a loss that is not finite moves nothing;
/// where the step is recorded and may not wait for the device, they stay tensors until it is done.
/// </summary>
internal sealed class StepNumbers(NumericGuard guard) : IDisposable
{
    private readonly List<(StepNumber Which, Tensor Value)> waiting = [];
    private readonly List<(StepNumber Which, double Value)> seen = [];

    /// <summary>Looks at them.</summary>
    public NumericGuard Guard => guard;

    /// <summary>Whether numbers wait until <see cref="Read"/>.</summary>
    public bool AreDeferred { get; init; }

    /// <summary>Forgets the step before.</summary>
    public void Begin()
    {
        Drop();
        seen.Clear();
    }

    /// <summary>Takes a number of one pass.</summary>
    /// <param name="step">Counted from 1.</param>
    /// <param name="which">What it is.</param>
    /// <param name="value">One element.</param>
    /// <exception cref="AtelierException">It is a loss and not finite.</exception>
    public void Add(long step, StepNumber which, Tensor value)
    {
        if (AreDeferred) waiting.Add((which, value.Detach().DetachFromScope()));
        else seen.Add((which, Checked(step, which, value.Item())));
    }

    /// <summary>What the step saw. A recorded step can be read after every replay.</summary>
    /// <exception cref="AtelierException">A loss is not finite.</exception>
    public StepResult Read(long step)
    {
        if (AreDeferred)
        {
            seen.Clear();
            seen.AddRange(waiting.Select(w => (w.Which, Checked(step, w.Which, w.Value.Item()))));
        }

        return new StepResult(
            Mean(StepNumber.DiscriminatorLoss), Mean(StepNumber.GeneratorLoss), Mean(StepNumber.OnReal),
            Mean(StepNumber.OnFake));
    }

    /// <inheritdoc/>
    public void Dispose() => Drop();

    private double Mean(StepNumber which) =>
        seen.Where(s => s.Which == which).Average(static s => s.Value);

    private double Checked(long step, StepNumber which, double value) => which switch
    {
        StepNumber.DiscriminatorLoss => guard.Finite(step, "the discriminator's loss", value),
        StepNumber.GeneratorLoss => guard.Finite(step, "the generator's loss", value),
        _ => value,
    };

    private void Drop()
    {
        foreach (var (_, value) in waiting) value.Dispose();
        waiting.Clear();
    }
}
