namespace Atelier.Metrics;

/// <summary>What a run has collected for one metric when all scored images have passed.</summary>
public sealed class MetricMaterial
{
    /// <summary>The images that are scored.</summary>
    public required MetricSide Scored { get; init; }

    /// <summary>The real images that they are scored against.</summary>
    public required MetricSide Real { get; init; }

    /// <summary>Real images that training does not see; null where there are none.</summary>
    public MetricSide? HeldOut { get; init; }

    /// <summary>What draws the scored images; null where they lie there already.</summary>
    public IScoredGenerator? Generator { get; init; }

    /// <summary>The backbone of the run; null where there is none.</summary>
    public IBackbone? Backbone { get; init; }

    /// <summary>Takes sentences that the user should read.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Shows how far a long computation is.</summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>Cancelled when the user wants no more.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>To be called between the parts of a long computation: shows the progress, and stops where the
    /// user has asked for it.</summary>
    /// <param name="done">Parts done.</param>
    /// <param name="total">All parts.</param>
    /// <exception cref="OperationCanceledException">The user wants no more.</exception>
    public void Step(int done, int total)
    {
        Progress?.Invoke(done, total);
        Cancellation.ThrowIfCancellationRequested();
    }
}
