namespace Atelier.Training.Loop;

/// <summary>Records the work of a step once and does it again as a whole, on the same memory.</summary>
public interface IStepRecording : IDisposable
{
    /// <summary>Does work where it would be recorded.</summary>
    void WarmUp(Action work);

    /// <summary>Records work without doing it.</summary>
    void Record(Action work);

    /// <summary>Does what was recorded.</summary>
    void Replay();
}
