namespace Atelier.Metrics;

/// <summary>What is known of a batch of scored images; what no metric of the run needs may be
/// empty.</summary>
/// <param name="Count">N.</param>
/// <param name="Images">Bytes [N, C, H, W]; empty where stored features are scored.</param>
/// <param name="Labels">The class asked for of each image [N], or empty.</param>
/// <param name="Features">Features [N, D], row-major, finite; or empty.</param>
/// <param name="Logits">Logits [N, K], row-major; or empty.</param>
public readonly record struct MetricBatch(
    int Count,
    ReadOnlyMemory<byte> Images,
    ReadOnlyMemory<long> Labels,
    ReadOnlyMemory<float> Features,
    ReadOnlyMemory<float> Logits);
