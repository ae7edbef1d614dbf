using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// MS-SSIM of pairs of images (Wang, Simoncelli and Bovik 2003): how alike they are over five scales. Low
/// between random pairs of one class means variety (Odena et al., arXiv:1610.09585). Window and constants as
/// in the progressive-growing paper's metric.
/// </summary>
public static class MultiScaleSsim
{
    private const int WindowSide = 11;
    private const double WindowDeviation = 1.5;
    private const double C1 = (0.01 * 255) * (0.01 * 255);
    private const double C2 = (0.03 * 255) * (0.03 * 255);

    private static readonly double[] Weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>The smallest side with pixels left at the fifth scale.</summary>
    public const int SmallestSide = 16;

    /// <summary>The mean over pairs.</summary>
    /// <param name="first">[N, C, H, W] on the scale 0 to 255.</param>
    /// <param name="second">[N, C, H, W]: the partner of each image.</param>
    /// <exception cref="AtelierException">Different shapes, or sides below 16 (Usage).</exception>
    public static double Mean(Tensor first, Tensor second)
    {
        Check(first, second);
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (x, y) = (first.To(DType.Float64), second.To(DType.Float64));
        var product = Aten.Ones([x.Size(0)], DType.Float64);
        for (var scale = 0; scale < Weights.Length; scale++)
        {
            var (similarity, contrast) = AtScale(x, y);
            // Below zero a power has no value; the metric takes zero.
            var factor = scale == Weights.Length - 1 ? similarity : contrast;
            product = product * factor.ClampMin(0.0).Pow(Weights[scale]);
            (x, y) = (Halve(x), Halve(y));
        }

        return product.Mean().Item();
    }

    /// <summary>
    /// Means over pixels and channels of luminance times contrast, and of contrast alone, [N] each.
    /// </summary>
    private static (Tensor Similarity, Tensor Contrast) AtScale(Tensor x, Tensor y)
    {
        var window = Window(x);
        var meanX = Blur(x, window);
        var meanY = Blur(y, window);
        var (squareX, squareY, both) = (meanX.Square(), meanY.Square(), meanX * meanY);
        var varianceX = Blur(x.Square(), window) - squareX;
        var varianceY = Blur(y.Square(), window) - squareY;
        var covariance = Blur(x * y, window) - both;
        var contrast = (covariance * 2.0 + C2) / (varianceX + varianceY + C2);
        var luminance = (both * 2.0 + C1) / (squareX + squareY + C1);
        return ((luminance * contrast).Mean([1, 2, 3]), contrast.Mean([1, 2, 3]));
    }

    private static Tensor Blur(Tensor images, Tensor window) =>
        Aten.Conv2d(images, window, groups: images.Size(1));

    /// <summary>
    /// A normalised Gaussian; where an image is smaller than it, a smaller one of the same form.
    /// </summary>
    private static Tensor Window(Tensor images)
    {
        var side = (int)Math.Min(WindowSide, Math.Min(images.Size(2), images.Size(3)));
        var deviation = side * WindowDeviation / WindowSide;
        var line = new double[side];
        for (var k = 0; k < side; k++)
        {
            var offset = k - ((side - 1) / 2.0);
            line[k] = Math.Exp(-offset * offset / (2 * deviation * deviation));
        }

        var sum = line.Sum();
        var gaussian = Tensor.FromArray([.. line.Select(value => value / sum)], side);
        return gaussian.Outer(gaussian).Reshape([1, 1, side, side]).Repeat([images.Size(1), 1, 1, 1]);
    }

    /// <summary>Means of 2 x 2 pixels; a side that is odd repeats its last line.</summary>
    private static Tensor Halve(Tensor images)
    {
        var (down, right) = (images.Size(2) % 2, images.Size(3) % 2);
        var even = down + right == 0 ? images : images.ReplicationPad2d([0, right, 0, down]);
        return even.AvgPool2d([2, 2]);
    }

    private static void Check(Tensor first, Tensor second)
    {
        if (first.Rank != 4 || !first.Shape.SequenceEqual(second.Shape))
            throw new AtelierException(
                FailureKind.Usage,
                $"The images are [{string.Join(", ", first.Shape)}] and their partners "
                + $"[{string.Join(", ", second.Shape)}]; expected [N, C, H, W] twice.");
        if (first.Size(2) < SmallestSide || first.Size(3) < SmallestSide)
            throw new AtelierException(
                FailureKind.Usage,
                $"Images of {first.Size(2)} x {first.Size(3)} px have no five scales; MS-SSIM needs sides of "
                + $"at least {SmallestSide} px.");
    }
}
