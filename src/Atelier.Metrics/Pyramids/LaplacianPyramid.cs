using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The Laplacian pyramid of images (Burt and Adelson 1983) with the 5 x 5 binomial filter, as the
/// progressive-growing paper uses it (arXiv:1710.10196, section 5): every level but the coarsest is what the
/// next coarser one, brought up again, does not explain.
/// </summary>
public static class LaplacianPyramid
{
    /// <summary>Side of the coarsest level, pixels.</summary>
    public const int CoarsestSide = 16;

    private static readonly float[] Binomial = [1, 4, 6, 4, 1];

    /// <summary>Whether images of a side have such a pyramid.</summary>
    public static bool Fits(int side) => side >= CoarsestSide && int.IsPow2(side);

    /// <summary>How many levels images of a size have: sides are halved down to 16.</summary>
    /// <exception cref="AtelierException">A side that is no power of two, or below 16 (Usage).</exception>
    public static int LevelsOf(int side)
    {
        if (!Fits(side))
            throw new AtelierException(
                FailureKind.Usage,
                $"Images of {side} px have no Laplacian pyramid down to {CoarsestSide} px; their side must "
                + $"be a power of two from {CoarsestSide} on.");
        return int.Log2(side) - int.Log2(CoarsestSide) + 1;
    }

    /// <summary>Takes images apart.</summary>
    /// <param name="images">float32 [N, C, S, S] on any scale.</param>
    /// <param name="levels">How many levels, at least 1.</param>
    /// <returns>Level k is [N, C, S / 2^k, S / 2^k]; the last is the blurred image itself.</returns>
    public static IReadOnlyList<Tensor> Build(Tensor images, int levels)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var filter = Filter(images.Size(1));
        var pyramid = new List<Tensor> { images };
        for (var k = 1; k < levels; k++)
        {
            var coarser = Down(pyramid[^1], filter);
            pyramid[^1] = pyramid[^1] - Up(coarser, filter);
            pyramid.Add(coarser);
        }

        foreach (var level in pyramid.Where(level => level != images)) scope.Keep(level);
        return pyramid;
    }

    private static Tensor Down(Tensor images, Tensor filter) =>
        Blur(images, filter).Slice(2, null, null, 2).Slice(3, null, null, 2);

    private static Tensor Up(Tensor images, Tensor filter)
    {
        var (height, width) = (images.Size(2), images.Size(3));
        var spread = Aten.Zeros([images.Size(0), images.Size(1), 2 * height, 2 * width], images.DType);
        spread.Slice(2, null, null, 2).Slice(3, null, null, 2).CopyInPlace(images);
        // Three of four pixels are zero: four times the filter keeps the brightness.
        return Blur(spread, filter * 4.0);
    }

    private static Tensor Blur(Tensor images, Tensor filter) =>
        Aten.Conv2d(images.ReflectionPad2d([2, 2, 2, 2]), filter, groups: images.Size(1));

    private static Tensor Filter(long channels)
    {
        var line = Tensor.FromArray(Binomial, 5) / 16.0;
        return line.Outer(line).Reshape([1, 1, 5, 5]).Repeat([channels, 1, 1, 1]);
    }
}
