using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>What a batch of generated images is made from.</summary>
/// <param name="Latent">[N, Z], float32.</param>
/// <param name="Classes">[N], int64.</param>
public readonly record struct FakeInput(Tensor Latent, Tensor Classes);
