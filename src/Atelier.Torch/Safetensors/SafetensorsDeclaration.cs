namespace Atelier.Torch.Safetensors;

/// <summary>A tensor to be written: everything but its bytes.</summary>
/// <param name="Name">At most 512 bytes of UTF-8; unique; not <c>__metadata__</c>.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">At most 8 sizes, none negative; empty for a scalar. Row-major.</param>
public sealed record SafetensorsDeclaration(string Name, SafetensorsDType DType, params long[] Shape);
