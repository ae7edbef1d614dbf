namespace Atelier.Training.Loop;

/// <summary>Is told which phase of a step runs; phases may stand inside one another.</summary>
public interface IStepClock
{
    /// <summary>A phase begins; it ends when the scope is disposed.</summary>
    StepPhaseScope Enter(StepPhase phase);
}
