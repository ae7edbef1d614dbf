using System.Security.Cryptography;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics;

/// <summary>
/// What is known of a set of images, as a safetensors file keeps it, a row an image: <c>features</c> [N, D]
/// float32, <c>logits</c> [N, K] float32, the classes <c>y</c> [N] int64, and the <c>images</c> [N, C, H, W]
/// uint8 themselves. Any of them may be missing; metrics that need it are refused then.
/// </summary>
public sealed class StoredTensors : IDisposable
{
    private static readonly (string Name, int Rank, DType DType)[] Known =
    [
        ("features", 2, DType.Float32), ("logits", 2, DType.Float32), ("y", 1, DType.Int64),
        ("images", 4, DType.UInt8),
    ];

    private readonly IReadOnlyDictionary<string, Tensor> tensors;

    private StoredTensors(string path, IReadOnlyDictionary<string, Tensor> tensors, string sha256)
    {
        Path = path;
        this.tensors = tensors;
        Sha256 = sha256;
        Count = (int)tensors.Values.First().Size(0);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>[N, D], or null.</summary>
    public Tensor? Features => tensors.GetValueOrDefault("features");

    /// <summary>[N, K], or null.</summary>
    public Tensor? Logits => tensors.GetValueOrDefault("logits");

    /// <summary>Class ids [N], or null.</summary>
    public Tensor? Classes => tensors.GetValueOrDefault("y");

    /// <summary>The images, or null.</summary>
    public IImageSet? Images => tensors.GetValueOrDefault("images") is { } pixels
        ? new StoredImages(pixels, Classes?.ToArray<long>(), Sha256)
        : null;

    /// <summary>Reads a file.</summary>
    /// <exception cref="AtelierException">
    /// No safetensors file (Checkpoint); none of the tensors, or tensors of another shape or type, or with
    /// NaN (Dataset).
    /// </exception>
    public static StoredTensors Read(string path)
    {
        using var scope = new TensorScope();
        using var file = SafetensorsFile.Open(path);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, rank, dtype) in Known.Where(known => file.Names.Contains(known.Name)))
        {
            var tensor = file.Read(name);
            Check(path, name, tensor, rank, dtype, tensors.Values.FirstOrDefault());
            tensors.Add(name, tensor);
        }

        if (tensors.Count == 0)
            throw new AtelierException(
                FailureKind.Dataset,
                $"{path} has none of the tensors that can be scored: features [N, D] float32, for 'is' "
                + "logits [N, K] float32, for 'ifid' also y [N] int64, for 'swd' and 'msssim' images "
                + "[N, C, H, W] uint8.");
        foreach (var tensor in tensors.Values) scope.Keep(tensor);
        using var stream = File.OpenRead(path);
        return new StoredTensors(path, tensors, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    private static void Check(string path, string name, Tensor tensor, int rank, DType dtype, Tensor? first)
    {
        var fits = tensor.Rank == rank && tensor.DType == dtype && tensor.NumberOfElements > 0
            && (first is null || tensor.Size(0) == first.Size(0));
        if (!fits)
            throw new AtelierException(
                FailureKind.Dataset,
                $"'{name}' of {path} is {tensor.DType} [{string.Join(", ", tensor.Shape)}]; expected {dtype} "
                + $"of {rank} dimensions with a row for each of the same images.");
        if (dtype == DType.Float32 && !IsFinite(tensor))
            throw new AtelierException(
                FailureKind.Dataset,
                $"'{name}' of {path} holds NaN or infinity; every value must be a finite number. Make the "
                + "features again.");
    }

    /// <summary>Block by block: the operator on the whole would take as much memory again.</summary>
    private static bool IsFinite(Tensor tensor) => FeatureBlocks.Of(tensor).All(block =>
    {
        using var scope = new TensorScope();
        return tensor.Narrow(0, block.Start, block.Count).Isfinite().All().Item() != 0;
    });
}
