using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// LPIPS of stacks of feature maps (Zhang et al., The unreasonable effectiveness of deep features as a
/// perceptual metric, arXiv:1801.03924, equation 1): each place of each map is scaled to length 1 over its
/// channels, squared differences are weighted channel by channel, averaged over the places and summed over
/// the maps.
/// </summary>
public static class PerceptualSimilarity
{
    // As in the authors' program, version 0.1: beside the length, not under its root.
    private const double NoZeroDivision = 1e-10;

    /// <summary>The distance of each pair.</summary>
    /// <param name="first">Feature maps [N, C_l, H_l, W_l] by layer, float32.</param>
    /// <param name="second">The other images' maps, of the same shapes.</param>
    /// <param name="weights">The weight of each channel by layer, [C_l], float32, 0 or more.</param>
    /// <returns>[N].</returns>
    /// <exception cref="AtelierException">Maps and weights that do not fit each other (Usage).</exception>
    public static Tensor Distance(
        IReadOnlyList<Tensor> first, IReadOnlyList<Tensor> second, IReadOnlyList<Tensor> weights)
    {
        if (first.Count == 0 || first.Count != second.Count || first.Count != weights.Count)
            throw new AtelierException(
                FailureKind.Usage,
                $"{first.Count} and {second.Count} feature maps came with weights for {weights.Count}; LPIPS "
                + "needs the same layers everywhere.");
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var sum = Tensor.Zeros([first[0].Size(0)]);
        for (var layer = 0; layer < first.Count; layer++)
        {
            CheckLayer(layer, first[layer], second[layer], weights[layer]);
            var difference = (Normalise(first[layer]) - Normalise(second[layer])).Square();
            sum = sum + (difference * weights[layer].Reshape([1, -1, 1, 1])).Sum([1]).Mean([1, 2]);
        }

        return scope.Keep(sum);
    }

    private static Tensor Normalise(Tensor map) =>
        map / (map.Square().Sum([1], keepdim: true).Sqrt() + NoZeroDivision);

    private static void CheckLayer(int layer, Tensor first, Tensor second, Tensor weight)
    {
        if (first.Rank == 4 && first.Shape.SequenceEqual(second.Shape)
            && weight.NumberOfElements == first.Size(1)) return;
        throw new AtelierException(
            FailureKind.Usage,
            $"Layer {layer} of LPIPS has maps [{string.Join(", ", first.Shape)}] and "
            + $"[{string.Join(", ", second.Shape)}] and {weight.NumberOfElements} weights; expected are maps "
            + "of one shape [N, C, H, W] and C weights.");
    }
}
