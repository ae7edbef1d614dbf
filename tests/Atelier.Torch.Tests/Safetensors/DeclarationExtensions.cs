using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Tests.Safetensors;

internal static class DeclarationExtensions
{
    public static long ShapeBytes(this SafetensorsDeclaration tensor) =>
        tensor.Shape.Aggregate((long)tensor.DType.ByteSize(), (product, size) => product * size);
}
