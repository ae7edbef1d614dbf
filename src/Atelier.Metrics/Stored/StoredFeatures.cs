using System.Security.Cryptography;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics;

/// <summary>
/// What some backbone made of a set of images, as a safetensors file keeps it: <c>features</c> [N, D]
/// float32, and where they are needed <c>logits</c> [N, K] float32 and the classes <c>y</c> [N] int64.
/// </summary>
public sealed class StoredFeatures : IDisposable
{
    private readonly IReadOnlyDictionary<string, Tensor> tensors;

    private StoredFeatures(string path, IReadOnlyDictionary<string, Tensor> tensors, string sha256)
    {
        Path = path;
        this.tensors = tensors;
        Sha256 = sha256;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>[N, D].</summary>
    public Tensor Features => tensors["features"];

    /// <summary>N.</summary>
    public int Count => (int)Features.Size(0);

    /// <summary>Reads a file.</summary>
    /// <exception cref="AtelierException">
    /// No safetensors file (Checkpoint); tensors that are missing, of another shape or type, or hold NaN
    /// (Dataset).
    /// </exception>
    public static StoredFeatures Read(string path)
    {
        using var scope = new TensorScope();
        using var file = SafetensorsFile.Open(path);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, rank, dtype) in new[]
            { ("features", 2, DType.Float32), ("logits", 2, DType.Float32), ("y", 1, DType.Int64) })
        {
            if (!file.Names.Contains(name))
            {
                if (name == "features") throw Missing(path, name);
                continue;
            }

            var tensor = file.Read(name);
            Check(path, name, tensor, rank, dtype, tensors.GetValueOrDefault("features"));
            tensors.Add(name, tensor);
        }

        foreach (var tensor in tensors.Values) scope.Keep(tensor);
        using var stream = File.OpenRead(path);
        return new StoredFeatures(path, tensors, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>The logits [N, K].</summary>
    /// <exception cref="AtelierException">The file has none (Dataset).</exception>
    public Tensor Logits() => tensors.GetValueOrDefault("logits") ?? throw Missing(Path, "logits");

    /// <summary>The classes [N].</summary>
    /// <exception cref="AtelierException">The file has none (Dataset).</exception>
    public Tensor Classes() => tensors.GetValueOrDefault("y") ?? throw Missing(Path, "y");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    private static void Check(
        string path, string name, Tensor tensor, int rank, DType dtype, Tensor? features)
    {
        var fits = tensor.Rank == rank && tensor.DType == dtype && tensor.NumberOfElements > 0
            && (features is null || tensor.Size(0) == features.Size(0));
        if (!fits)
            throw new AtelierException(
                FailureKind.Dataset,
                $"'{name}' of {path} is {tensor.DType} [{string.Join(", ", tensor.Shape)}]; expected {dtype} "
                + $"of {rank} dimensions with a row for each of the same images.");
        if (dtype == DType.Float32 && tensor.Isfinite().All().Item() == 0)
            throw new AtelierException(
                FailureKind.Dataset,
                $"'{name}' of {path} holds NaN or infinity; every value must be a finite number. Make the "
                + "features again.");
    }

    private static AtelierException Missing(string path, string name) => new(
        FailureKind.Dataset,
        $"{path} has no tensor '{name}'. Expected are features [N, D] float32, for 'is' also logits [N, K] "
        + "float32, and for 'ifid' also y [N] int64.");
}
