using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>Real images with their classes.</summary>
/// <param name="Images">float32 [N, C, R, R] in [-1, 1].</param>
/// <param name="Classes">int64 [N].</param>
public sealed record RealBatch(Tensor Images, Tensor Classes);
