using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// A frozen 3x3 convolution that whitens patches: its filters are the eigenvectors of the covariance of 3x3
/// patches with the largest eigenvalues, each divided by the root of its eigenvalue, and their negatives,
/// then ReLU. Its bias takes the mean patch away (Page, How to train your ResNet, part 8; Jordan,
/// arXiv:2404.00498, section 3.1).
/// </summary>
internal sealed class PatchWhitening : Module
{
    private const int Side = 3;
    private const int Places = Side * Side;
    private const int MostFilters = 16;
    private const int MostImages = 2000;
    private const int ChunkImages = 100;

    // Patches of images are smooth: their last eigenvalues are mostly noise, which must not be blown up to
    // variance 1.
    private const double Epsilon = 1e-3;

    private readonly int channels;
    private readonly int filters;
    private readonly Tensor weight;
    private readonly Tensor bias;

    /// <summary>Creates a layer that gives zeros until it has learnt.</summary>
    /// <param name="channels">C of the images.</param>
    public PatchWhitening(int channels)
    {
        this.channels = channels;
        // A multiple of 8, so that the outputs are a multiple of 16 channels, which vectorised convolutions
        // like.
        filters = Math.Min(MostFilters, channels * Places / 8 * 8);
        using var scope = new TensorScope();
        weight = Buffer("weight", Tensor.Zeros([OutputCount, channels, Side, Side]));
        bias = Buffer("bias", Tensor.Zeros([OutputCount]));
    }

    /// <summary>2 F, channels that it gives.</summary>
    public int OutputCount => 2 * filters;

    /// <summary>Sets the filters from at most 2,000 images, spread evenly over the set.</summary>
    public void Learn(IImageSet images)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (mean, covariance) = Moments(images);
        var (values, vectors) = covariance.LinalgEigh();         // ascending; vectors are columns
        var first = (channels * Places) - filters;
        var roots = (values.Narrow(0, first, filters) + Epsilon).Sqrt();
        var rows = (vectors.Narrow(1, first, filters) / roots).T();   // [F, 9 C]
        var shift = rows.Matmul(mean).Neg();                          // [F]
        weight.CopyInPlace(Aten.Cat([rows, rows.Neg()]).Reshape([OutputCount, channels, Side, Side]));
        bias.CopyInPlace(Aten.Cat([shift, shift.Neg()]));
    }

    /// <param name="images">float32 [N, C, S, S].</param>
    /// <returns>float32 [N, 2 F, S, S], channels last; no gradient goes through.</returns>
    public Tensor Forward(Tensor images)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var output = Aten.Conv2d(images, weight, bias, [1, 1], [1, 1]);
        return scope.Keep(output.Contiguous(MemoryFormat.ChannelsLast).ReluInPlace());
    }

    /// <summary>The mean [9 C] and the covariance [9 C, 9 C] of all whole patches, float64.</summary>
    private (Tensor Mean, Tensor Covariance) Moments(IImageSet images)
    {
        var rows = channels * Places;
        var sum = Tensor.Zeros([rows], DType.Float64);
        var products = Tensor.Zeros([rows, rows], DType.Float64);
        var count = Math.Min(images.Count, MostImages);
        long patches = 0;
        for (var start = 0; start < count; start += ChunkImages)
        {
            using var scope = new TensorScope();
            var picked = Enumerable.Range(start, Math.Min(ChunkImages, count - start))
                .Select(k => (int)((long)k * images.Count / count)).ToArray();
            var bytes = new byte[picked.Length * images.ImageBytes];
            images.CopyImages(picked, bytes);
            var values = PatchRows(ImageQuantiser.ToTensor(bytes, channels, images.Height, images.Width));
            sum.AddInPlace(values.Sum([1]));
            products.AddInPlace(values.Matmul(values.T()));
            patches += values.Size(1);
        }

        var mean = sum / patches;
        return (mean, (products / patches) - mean.Outer(mean));
    }

    /// <summary>[9 C, patches] in the order of a convolution's weights.</summary>
    private Tensor PatchRows(Tensor images)
    {
        var (height, width) = (images.Size(2) - Side + 1, images.Size(3) - Side + 1);
        var places = new Tensor[Places];
        for (var k = 0; k < Places; k++)
            places[k] = images.Narrow(2, k / Side, height).Narrow(3, k % Side, width);
        return Aten.Stack(places, 2)                                  // [N, C, 9, H', W']
            .Permute([1, 2, 0, 3, 4]).Reshape([channels * Places, -1]).To(DType.Float64);
    }
}
