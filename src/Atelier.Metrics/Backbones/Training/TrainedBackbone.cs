namespace Atelier.Metrics;

/// <summary>The outcome of a training; the backbone belongs to whoever holds this.</summary>
/// <param name="Backbone">Ready for use and for saving.</param>
/// <param name="TestAccuracy">Share of test images classified rightly, 0 to 1.</param>
/// <param name="Elapsed">How long it took, tests included.</param>
public sealed record TrainedBackbone(SmallClassifierBackbone Backbone, double TestAccuracy, TimeSpan Elapsed)
    : IDisposable
{
    /// <summary>Frees the weights.</summary>
    public void Dispose() => Backbone.Dispose();
}
