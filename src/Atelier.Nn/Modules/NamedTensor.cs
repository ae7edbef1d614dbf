using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>A tensor of a module with its dotted name.</summary>
public readonly record struct NamedTensor(string Name, Tensor Tensor);
