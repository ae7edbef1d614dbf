namespace Atelier.Training.Progress;

/// <summary>What a run is busy with; anything but training is a pause for the throughput.</summary>
public enum TrainingPhase
{
    /// <summary>Steps.</summary>
    Training,

    /// <summary>Sample grid.</summary>
    Sampling,

    /// <summary>Evaluation.</summary>
    Evaluating,

    /// <summary>Checkpoint.</summary>
    Saving,
}
