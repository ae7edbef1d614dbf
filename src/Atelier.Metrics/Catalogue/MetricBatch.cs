namespace Atelier.Metrics;

/// <summary>What the backbone made of a batch of images.</summary>
/// <param name="Images">Bytes [N, C, S, S].</param>
/// <param name="Labels">The class asked for of each image [N], or empty.</param>
/// <param name="Features">Features [N, D], row-major.</param>
/// <param name="Logits">Logits [N, K], row-major.</param>
public readonly record struct MetricBatch(
    ReadOnlyMemory<byte> Images,
    ReadOnlyMemory<long> Labels,
    ReadOnlyMemory<float> Features,
    ReadOnlyMemory<float> Logits);
