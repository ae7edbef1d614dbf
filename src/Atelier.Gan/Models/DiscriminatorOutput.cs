using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>What a discriminator says of a batch.</summary>
/// <param name="Logits">[N, 1]; positive means real.</param>
/// <param name="Features">[N, F], the pooled last features.</param>
public sealed record DiscriminatorOutput(Tensor Logits, Tensor Features);
