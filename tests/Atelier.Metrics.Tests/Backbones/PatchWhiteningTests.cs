using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class PatchWhiteningTests : TensorTest
{
    [Theory]
    [InlineData(1, 16)]
    [InlineData(3, 32)]
    public void OutputCount_OfGreyAndColour_IsAMultipleOfSixteen(int channels, int expected)
    {
        using var layer = new PatchWhitening(channels);

        Assert.Equal(expected, layer.OutputCount);
        Assert.Equal([expected, 16L, 16L], layer.Forward(Tensor.Zeros([1, channels, 16, 16])).Shape[1..]);
    }

    [Fact]
    public void Forward_OverThePatchesItLearntFrom_HasMeanZeroAndVarianceOne()
    {
        var images = new MadeImages(50, seed: 1, channels: 3);
        using var layer = new PatchWhitening(3);
        layer.Learn(images);

        var output = layer.Forward(Pixels(images));

        // The first 16 less the last 16 are the filters' values again, since a ReLU parted each from its
        // negative; patches that reach over the border are not those that it learnt from.
        var inner = output.Narrow(2, 1, 10).Narrow(3, 1, 10).To(DType.Float64);
        var values = (inner.Narrow(1, 0, 16) - inner.Narrow(1, 16, 16))
            .Permute([1, 0, 2, 3]).Reshape([16, -1]);
        var covariance = values.Matmul(values.T()) / values.Size(1);
        Assert.InRange(values.Mean([1]).Abs().Max().Item(), 0, 1e-4);
        // The smallest variance of these noisy images is about 0.05 against the 0.001 that is added to it.
        Assert.InRange(MaxDifference(covariance, Aten.Eye(16, dtype: DType.Float64)), 0, 0.03);
    }

    [Fact]
    public void Learn_OfImagesWithoutAnyContrast_StaysFinite()
    {
        using var layer = new PatchWhitening(1);

        layer.Learn(new FlatImages());

        var inner = layer.Forward(Tensor.Full([1, 1, 6, 6], -1)).Narrow(2, 1, 4).Narrow(3, 1, 4);
        Assert.Equal(0, inner.Max().Item(), 1e-3);
    }

    private static Tensor Pixels(MadeImages images) => ImageQuantiser.ToTensor(
        ImageFeeds.Of(images)(0, images.Count).Images.Span, images.Channels, images.Width);

    private sealed class FlatImages : IImageSet
    {
        public int Count => 3;

        public int Channels => 1;

        public int Height => 6;

        public int Width => 6;

        public IReadOnlyList<string> ClassNames => ["one"];

        public string ContentHash => "flat";

        public string Resizer => "none";

        public void CopyImages(ReadOnlySpan<int> indices, Span<byte> destination) => destination.Clear();

        public int Label(int index) => 0;
    }
}
