using System.Security.Cryptography;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics;

/// <summary>Features [N, D] as a safetensors file with a hash over its numbers.</summary>
internal static class FeatureFile
{
    private const string Name = "features";
    private const int RowsAtOnce = 4096;

    public static void Write(string path, FeatureKey key, Tensor features)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = key.Text,
            ["sha256"] = Digest(features),
        };
        SafetensorsWriter.Write(
            path, [new SafetensorsDeclaration(Name, SafetensorsDType.F32, features.Shape)], metadata,
            (_, _, stream) =>
            {
                foreach (var bytes in Chunks(features)) stream.Write(bytes);
            });
    }

    /// <summary>Reads a file; the tensor belongs to the current scope.</summary>
    /// <exception cref="AtelierException">The file is damaged, or holds something else
    /// (Checkpoint).</exception>
    public static Tensor Read(string path, FeatureKey key, int count, int dimension)
    {
        using var scope = new TensorScope();
        using var file = SafetensorsFile.Open(path);
        var features = file.Read(Name);
        if (features.DType != DType.Float32 || !features.Shape.SequenceEqual([count, dimension])
            || file.Metadata.GetValueOrDefault("key") != key.Text
            || file.Metadata.GetValueOrDefault("sha256") != Digest(features))
            throw new AtelierException(FailureKind.Checkpoint, $"{path} does not hold what its name says.");
        return scope.Keep(features);
    }

    private static string Digest(Tensor features)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var bytes in Chunks(features)) hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<byte[]> Chunks(Tensor features)
    {
        for (var start = 0L; start < features.Size(0); start += RowsAtOnce)
        {
            using var some = features.Narrow(0, start, Math.Min(RowsAtOnce, features.Size(0) - start));
            var bytes = new byte[some.NumberOfElements * sizeof(float)];
            some.CopyBytesTo(bytes);
            yield return bytes;
        }
    }
}
