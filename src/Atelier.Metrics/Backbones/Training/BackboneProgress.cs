namespace Atelier.Metrics;

/// <summary>Where the training of a backbone stands.</summary>
public sealed record BackboneProgress
{
    /// <summary>The running pass, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>All passes.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps done.</summary>
    public required long Step { get; init; }

    /// <summary>All steps.</summary>
    public required long Steps { get; init; }

    /// <summary>Cross entropy over the images since the last report.</summary>
    public required double Loss { get; init; }

    /// <summary>Share of augmented training images since the last report that were classified rightly, 0 to
    /// 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Share of test images classified rightly, measured at the end of each pass; null in
    /// between.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Images a second since the start.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Time since the start.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Time to the end at the speed so far.</summary>
    public required TimeSpan Remaining { get; init; }
}
