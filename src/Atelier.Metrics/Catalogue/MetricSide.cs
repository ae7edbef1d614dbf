using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>One side of a comparison. What no metric has asked for by its <see cref="MetricNeeds"/> is not
/// there, and asking for it is a mistake in the metric.</summary>
public sealed class MetricSide
{
    private readonly Tensor? features;
    private readonly FeatureMoments? moments;
    private readonly IImageSet? images;
    private readonly ReadOnlyMemory<long>? labels;

    /// <summary>A side.</summary>
    /// <param name="count">N.</param>
    /// <param name="features">float32 [N, D] on the host; it stays the caller's.</param>
    /// <param name="moments">Mean and covariance of the features.</param>
    /// <param name="labels">Class ids [N].</param>
    /// <param name="images">The images.</param>
    public MetricSide(
        int count, Tensor? features = null, FeatureMoments? moments = null,
        ReadOnlyMemory<long>? labels = null, IImageSet? images = null)
    {
        Count = count;
        this.features = features;
        this.moments = moments;
        this.labels = labels;
        this.images = images;
    }

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>Features [N, D], float32, finite, on the host.</summary>
    public Tensor Features => features ?? throw Undeclared("features");

    /// <summary>Mean and covariance of the features.</summary>
    public FeatureMoments Moments => moments ?? throw Undeclared("moments");

    /// <summary>Class ids [N], in the order of the features.</summary>
    public ReadOnlyMemory<long> Labels => labels ?? throw Undeclared("labels");

    /// <summary>The images, in the order of the features, read at random places.</summary>
    public IImageSet Images => images ?? throw Undeclared("images");

    private static AtelierException Undeclared(string what) => new(
        FailureKind.Bug, $"A metric used {what} that its needs do not declare.");
}
