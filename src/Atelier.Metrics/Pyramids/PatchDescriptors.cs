using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Small patches of the levels of pyramids, as points in space: 7 x 7 pixels, 128 an image in the
/// progressive-growing paper (arXiv:1710.10196, section 5).
/// </summary>
public static class PatchDescriptors
{
    /// <summary>Side of a patch, pixels.</summary>
    public const int Side = 7;

    private const long PatchesAtOnce = 1 << 14;

    /// <summary>Cuts patches at random places, the same number from each image.</summary>
    /// <param name="level">float32 [N, C, S, S], S at least 7.</param>
    /// <param name="perImage">Patches of an image, at least 1.</param>
    /// <param name="random">Decides the places.</param>
    /// <returns>[N * perImage, C, 7, 7], image by image.</returns>
    public static Tensor Cut(Tensor level, int perImage, Generator random)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (count, channels, side) = (level.Size(0), level.Size(1), level.Size(2));
        var patches = count * perImage;
        var rows = Aten.Randint(0, side - Side + 1, [patches, 1, 1, 1], random, DType.Int64);
        var columns = Aten.Randint(0, side - Side + 1, [patches, 1, 1, 1], random, DType.Int64);
        var image = Aten.Arange(0, count, 1, DType.Int64).RepeatInterleave(perImage).Reshape([-1, 1, 1, 1]);
        var channel = Aten.Arange(0, channels, 1, DType.Int64).Reshape([1, -1, 1, 1]);
        var down = rows + Aten.Arange(0, Side, 1, DType.Int64).Reshape([1, 1, -1, 1]);
        var across = columns + Aten.Arange(0, Side, 1, DType.Int64).Reshape([1, 1, 1, -1]);
        var place = ((image.Mul(channels) + channel).Mul(side) + down).Mul(side) + across;   // [P, C, 7, 7]
        return scope.Keep(level.Reshape([-1]).IndexSelect(0, place.Reshape([-1])).Reshape(place.Shape));
    }

    /// <summary>Gives every channel mean 0 and deviation 1 over all patches, and lays patches flat.</summary>
    /// <param name="patches">[P, C, 7, 7].</param>
    /// <returns>[P, C * 49].</returns>
    /// <exception cref="AtelierException">A channel is constant (Dataset).</exception>
    public static Tensor Normalise(Tensor patches)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var own = patches.Clone();
        NormaliseInPlace(own);
        return scope.Keep(own.Reshape([own.Size(0), -1]));
    }

    /// <summary>Gives every channel mean 0 and deviation 1 over all patches, where they lie: no second copy
    /// of them is made.</summary>
    /// <param name="patches">[P, C, 7, 7].</param>
    /// <exception cref="AtelierException">A channel is constant (Dataset).</exception>
    public static void NormaliseInPlace(Tensor patches)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        patches.SubInPlace(patches.Mean([0, 2, 3], keepdim: true));
        var squares = Aten.Zeros([patches.Size(1)], DType.Float64);
        for (var start = 0L; start < patches.Size(0); start += PatchesAtOnce)
        {
            using var some = new TensorScope();
            var block = patches.Narrow(0, start, Math.Min(PatchesAtOnce, patches.Size(0) - start));
            squares.AddInPlace(block.To(DType.Float64).Square().Sum([0, 2, 3]));
        }

        var deviation = (squares / (patches.Size(0) * Side * Side)).Sqrt();
        if (deviation.Min().Item() == 0)
            throw new AtelierException(
                FailureKind.Dataset,
                "All patches of a level have one and the same value in a channel, so they cannot be brought "
                + "to deviation 1. The images are constant there.");
        patches.DivInPlace(deviation.To(patches.DType).Reshape([1, -1, 1, 1]));
    }
}
