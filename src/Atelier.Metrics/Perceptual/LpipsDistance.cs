using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>LPIPS of images through VGG-16; see <see cref="PerceptualSimilarity"/> for the formula.</summary>
public sealed class LpipsDistance : IImageDistance, IDisposable
{
    private const long SmallestSide = 16;

    private readonly Vgg16 network;
    private readonly LpipsWeights weights;

    /// <summary>Takes over both.</summary>
    public LpipsDistance(Vgg16 network, LpipsWeights weights) =>
        (this.network, this.weights) = (network, weights);

    /// <inheritdoc/>
    public string Name => $"lpips-vgg16:{network.Sha256}:{weights.Sha256}";

    /// <summary>Reads the network and the weights.</summary>
    /// <param name="networkFile">The imported <c>vgg16</c>.</param>
    /// <param name="weightsFile">See <see cref="LpipsWeights.Read"/>.</param>
    /// <exception cref="AtelierException">Missing, damaged, or another network (Checkpoint).</exception>
    public static LpipsDistance Load(string networkFile, string weightsFile)
    {
        var weights = LpipsWeights.Read(weightsFile);
        try
        {
            var (entry, network) = NetworkFile.Read(networkFile);
            if (network is Vgg16 vgg) return new LpipsDistance(vgg, weights);
            network.Dispose();
            throw new AtelierException(
                FailureKind.Checkpoint, $"{networkFile} is of {entry.Name}; LPIPS needs vgg16.");
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Tensor Of(Tensor first, Tensor second)
    {
        if (Math.Min(first.Size(2), first.Size(3)) < SmallestSide)
            throw new AtelierException(
                FailureKind.Usage,
                $"LPIPS needs images of at least {SmallestSide} px; these are {first.Size(3)} x "
                + $"{first.Size(2)}.");
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        return scope.Keep(PerceptualSimilarity.Distance(
            network.Activations(Prepare(first)), network.Activations(Prepare(second)), weights.Layers));
    }

    /// <summary>Frees the network and the weights.</summary>
    public void Dispose()
    {
        network.Dispose();
        weights.Dispose();
    }

    /// <summary>Grey as colour, and ImageNet's mean and deviation: the authors' shift and scale, which are
    /// theirs for values from -1 to 1.</summary>
    internal static Tensor Prepare(Tensor images)
    {
        var (mean, deviation) = (ImageNormalisation.ImageNet.Mean, ImageNormalisation.ImageNet.Deviation);
        var shift = Tensor.FromArray<float>([.. mean.Select(static m => (float)((2 * m) - 1))], 1, 3, 1, 1);
        var scale = Tensor.FromArray<float>([.. deviation.Select(static d => (float)(2 * d))], 1, 3, 1, 1);
        return (images.Expand([-1, 3, -1, -1]) - shift) / scale;
    }
}
