namespace Atelier.Training.Loop;

/// <summary>A phase that runs; the default value stands for none and costs nothing.</summary>
/// <param name="end">Called when the phase ends.</param>
public readonly struct StepPhaseScope(Action? end) : IDisposable
{
    /// <summary>Ends the phase.</summary>
    public void Dispose() => end?.Invoke();
}
