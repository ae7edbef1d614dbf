using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics;

/// <summary>Feature moments as a safetensors file with a hash over its numbers.</summary>
internal static class MomentsFile
{
    public static void Write(string path, FeatureKey key, FeatureMoments moments)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = key.Text,
            ["count"] = moments.Count.ToString(CultureInfo.InvariantCulture),
            ["sha256"] = Digest(moments.Mean, moments.Covariance),
        };
        SafetensorsDeclaration[] tensors =
        [
            new("mean", SafetensorsDType.F64, moments.Dimension),
            new("covariance", SafetensorsDType.F64, moments.Dimension, moments.Dimension),
        ];
        SafetensorsWriter.Write(path, tensors, metadata, (index, _, stream) =>
            stream.Write(MemoryMarshal.AsBytes(index == 0 ? moments.Mean : moments.Covariance)));
    }

    /// <exception cref="AtelierException">The file is damaged, or holds something else
    /// (Checkpoint).</exception>
    public static FeatureMoments Read(string path, FeatureKey key, long count, int dimension)
    {
        using var file = SafetensorsFile.Open(path);
        var mean = ReadNumbers(file, "mean", [dimension]);
        var covariance = ReadNumbers(file, "covariance", [dimension, dimension]);
        if (file.Metadata.GetValueOrDefault("key") != key.Text
            || file.Metadata.GetValueOrDefault("count") != count.ToString(CultureInfo.InvariantCulture)
            || file.Metadata.GetValueOrDefault("sha256") != Digest(mean, covariance))
            throw new AtelierException(FailureKind.Checkpoint, $"{path} does not hold what its name says.");
        return new FeatureMoments(count, mean, covariance);
    }

    private static double[] ReadNumbers(SafetensorsFile file, string name, ReadOnlySpan<long> shape)
    {
        var entry = file.Entry(name);
        if (entry.DType != SafetensorsDType.F64 || !shape.SequenceEqual(entry.Shape))
            throw new AtelierException(
                FailureKind.Checkpoint, $"{file.Path} holds {entry}, which was not expected.");
        var numbers = new double[entry.NumberOfElements];
        file.ReadInto(entry, MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private static string Digest(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(mean));
        hash.AppendData(MemoryMarshal.AsBytes(covariance));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
