using System.Security.Cryptography;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The linear weights of LPIPS for VGG-16 as its authors publish them (version 0.1, <c>vgg.pth</c>): a number
/// for each channel of five layers.
/// </summary>
public sealed class LpipsWeights : IDisposable
{
    private static readonly int[] Channels = [64, 128, 256, 512, 512];

    private LpipsWeights(IReadOnlyList<Tensor> layers, string sha256) =>
        (Layers, Sha256) = (layers, sha256);

    /// <summary>The weights by layer, [C_l], float32.</summary>
    public IReadOnlyList<Tensor> Layers { get; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A .pth state dict with <c>lin0.model.1.weight</c> [1, 64, 1, 1] and so on, or a
    /// .safetensors with the same.</param>
    /// <exception cref="AtelierException">Missing, damaged, of another network, or with weights that are
    /// negative or no numbers (Checkpoint).</exception>
    public static LpipsWeights Read(string path)
    {
        using var stored = StateDict.Open(path);
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var layers = new List<Tensor>();
        for (var layer = 0; layer < Channels.Length; layer++)
        {
            var name = FormattableString.Invariant($"lin{layer}.model.1.weight");
            if (!stored.Names.Contains(name)
                || !stored.Shape(name).SequenceEqual([1L, Channels[layer], 1, 1]))
                throw new AtelierException(
                    FailureKind.Checkpoint,
                    $"{path} has no tensor '{name}' [1, {Channels[layer]}, 1, 1]; expected are the weights "
                    + "of LPIPS 0.1 for VGG-16, which its authors call vgg.pth.");
            var weights = stored.Read(name).Flatten();
            // NaN is not 0 or more either.
            if (weights.Ge(0.0).All().Item() == 0 || weights.Isfinite().All().Item() == 0)
                throw new AtelierException(
                    FailureKind.Checkpoint,
                    $"'{name}' of {path} holds a weight that is negative or no number; take another copy.");
            layers.Add(weights);
        }

        foreach (var weights in layers) scope.Keep(weights);
        using var stream = File.OpenRead(path);
        return new LpipsWeights(layers, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var weights in Layers) weights.Dispose();
    }
}
