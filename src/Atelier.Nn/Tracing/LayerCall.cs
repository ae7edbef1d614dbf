namespace Atelier.Nn;

/// <summary>One forward pass of one layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="OutputShape">Shape of what it gave.</param>
/// <param name="Flops">Floating point operations of its convolutions and matrix products, a multiplication
/// and an addition each counted as one; of its own, without those of layers inside it.</param>
public sealed record LayerCall(Module Layer, IReadOnlyList<long> OutputShape, double Flops);
