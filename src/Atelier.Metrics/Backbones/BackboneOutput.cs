using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>What a backbone sees in images.</summary>
/// <param name="Features">float32 [N, D].</param>
/// <param name="Logits">float32 [N, K].</param>
public readonly record struct BackboneOutput(Tensor Features, Tensor Logits);
