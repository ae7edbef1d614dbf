using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class ImageQuantiserTests : TensorTest
{
    [Fact]
    public void ToBytes_OfEveryByteAsFloat_GivesItBack()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(k => (byte)k)];

        var images = ImageQuantiser.ToTensor(all, 1, 16);

        Assert.Equal([1L, 1L, 16L, 16L], images.Shape);
        Assert.Equal(-1, images.Min().Item());
        Assert.Equal(1, images.Max().Item());
        Assert.Equal(all, ImageQuantiser.ToBytes(images));
    }

    [Fact]
    public void ToBytes_OfValuesBetweenAndOutside_RoundsHalfUpAndClamps()
    {
        // 127.5 x + 127.5: 0 -> 127.5 -> 128; 0.003 -> 127.88 -> 128; -0.003 -> 127.12 -> 127; outside to the
        // ends.
        var images = Tensor.FromArray<float>([0, 0.003f, -0.003f, 1.7f, -40], 1, 1, 1, 5);

        Assert.Equal([128, 128, 127, 255, 0], ImageQuantiser.ToBytes(images));
    }

    [Fact]
    public void ToBytes_OfNan_NamesTheImage()
    {
        var images = Tensor.FromArray<float>([0, 1, 0, float.NaN], 2, 1, 1, 2);

        var error = Assert.Throws<AtelierException>(() => ImageQuantiser.ToBytes(images));

        Assert.Equal(FailureKind.Numeric, error.Kind);
        Assert.StartsWith("Image 1 of the batch", error.Message, StringComparison.Ordinal);
    }
}
