using Atelier.Nn;
using Atelier.Torch;
using Atelier.Training.Evaluation;
using Atelier.Training.Progress;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;
using Atelier.Training.Signals;

namespace Atelier.Training.Loop;

/// <summary>Everything that a training run needs.</summary>
public sealed record TrainingRequest
{
    /// <summary>What to do.</summary>
    public required ResolvedRecipe Recipe { get; init; }

    /// <summary>On which images.</summary>
    public required RunDataset Dataset { get; init; }

    /// <summary>Where the run is written; its lock is held by the caller.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The precision, settled.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Where the networks are.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Go on from the newest sound checkpoint, when there is one.</summary>
    public bool Resumes { get; init; }

    /// <summary>Scores the average; null when no backbone fits the dataset.</summary>
    public RunEvaluator? Evaluator { get; init; }

    /// <summary>Hears what happens.</summary>
    public required ITrainingObserver Observer { get; init; }

    /// <summary>Asked after every step.</summary>
    public required IStopSignal Stop { get; init; }
}
