namespace Atelier.Training.Recipes;

/// <summary>What a run does when the sentinel sees a collapse.</summary>
public enum CollapseAction
{
    /// <summary>End with exit code 6; the checkpoint from before the onset stays.</summary>
    Stop,

    /// <summary>Go back to the checkpoint from before the onset and lower G's learning rate.</summary>
    Rollback,

    /// <summary>Say so and go on.</summary>
    Warn,
}
