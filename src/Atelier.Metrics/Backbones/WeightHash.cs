using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Atelier.Nn;

namespace Atelier.Metrics;

/// <summary>SHA-256 over weights: for each tensor its name, element type, shape and bytes, in the module's
/// order.</summary>
internal static class WeightHash
{
    public static string Of(IEnumerable<NamedTensor> state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        foreach (var (name, tensor) in state)
        {
            var shape = tensor.Shape;
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{tensor.DType}\0"));
            foreach (var size in (long[])[shape.Length, .. shape])
            {
                BinaryPrimitives.WriteInt64LittleEndian(number, size);
                hash.AppendData(number);
            }

            var bytes = new byte[tensor.NumberOfElements * Torch.DTypes.ByteSize(tensor.DType)];
            tensor.CopyBytesTo(bytes);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
