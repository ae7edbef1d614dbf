using Atelier.Data.Decoding;
using Atelier.Data.Resizing;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Resizing;

public sealed class ResizerTests
{
    /// <summary>float32 sums of up to 46 terms of at most 255 against Pillow's float64 sums.</summary>
    private const float FloatTolerance = 1e-3f;

    [Theory]
    [InlineData(ResizeFilter.Box, "box")]
    [InlineData(ResizeFilter.Bilinear, "bilinear")]
    [InlineData(ResizeFilter.Bicubic, "bicubic")]
    [InlineData(ResizeFilter.Lanczos, "lanczos")]
    public void Resize_Floats_EqualsPillow(ResizeFilter filter, string name)
    {
        var (height, width, planes) = Golden.Tensor("resize_in2_u8");
        var (newHeight, newWidth, expected) = Golden.Tensor($"resize_pil_float_{name}_32x24");
        var result = new float[newHeight * newWidth * 3];

        new Resizer(filter).Resize(Golden.Interleave(planes, 3), width, height, 3, newWidth, newHeight,
            result);

        AssertNear(Golden.Interleave(expected, 3), result, FloatTolerance);
    }

    [Theory]
    [InlineData(ResizeFilter.Box, "box")]
    [InlineData(ResizeFilter.Bilinear, "bilinear")]
    [InlineData(ResizeFilter.Bicubic, "bicubic")]
    [InlineData(ResizeFilter.Lanczos, "lanczos")]
    public void Resize_Bytes_EqualsPillowWithinOneStep(ResizeFilter filter, string name)
    {
        var (height, width, planes) = Golden.Tensor("resize_in2_u8");
        var (newHeight, newWidth, expected) = Golden.Tensor($"resize_pil_u8_{name}_32x24");
        var pixels = Golden.Interleave(planes, 3).Select(value => (byte)value).ToArray();

        var image = new Resizer(filter)
            .Resize(new RasterImage(width, height, 3, pixels), newWidth, newHeight);

        // Pillow rounds to 8 bits between its two passes, this does not: one step apart at most, and that
        // rarely.
        AssertNear(Golden.Interleave(expected, 3), [.. image.Pixels.Select(value => (float)value)], 1f);
    }

    [Fact]
    public void Resize_FloatsUpwards_EqualsCleanBicubic()
    {
        var (height, width, planes) = Golden.Tensor("resize_in_u8");
        var (newHeight, newWidth, expected) = Golden.Tensor("resize_clean_bicubic_64x75");
        var result = new float[newHeight * newWidth * 3];

        new Resizer(ResizeFilter.Bicubic)
            .Resize(Golden.Interleave(planes, 3), width, height, 3, newWidth, newHeight, result);

        AssertNear(Golden.Interleave([.. expected.Select(value => Math.Clamp(value, 0, 255))], 3),
            [.. result.Select(value => Math.Clamp(value, 0, 255))], FloatTolerance);
    }

    [Fact]
    public void Resize_AreaByAFraction_WeightsBorderPixelsByTheirShare()
    {
        var result = new float[2];

        new Resizer(ResizeFilter.Area).Resize([10f, 20f, 70f], 3, 1, 1, 2, 1, result);

        // Each result covers 1.5 pixels: (10 + 20 / 2) / 1.5 and (20 / 2 + 70) / 1.5.
        AssertNear([20f / 1.5f, 80f / 1.5f], result, 1e-5f);
    }

    [Theory]
    [InlineData(ResizeFilter.Area)]
    [InlineData(ResizeFilter.Box)]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    [InlineData(ResizeFilter.Lanczos)]
    public void Resize_ConstantImage_StaysConstant(ResizeFilter filter)
    {
        var image = new RasterImage(37, 11, 3, [.. Enumerable.Repeat((byte)201, 37 * 11 * 3)]);

        foreach (var (width, height) in new[] { (1, 1), (5, 7), (64, 64), (37, 3), (36, 12) })
            Assert.All(new Resizer(filter).Resize(image, width, height).Pixels,
                value => Assert.Equal(201, value));
    }

    [Fact]
    public void Resize_SharpEdgeByLanczos_IsClampedAndNotWrapped()
    {
        var image = new RasterImage(8, 1, 1, [0, 0, 0, 0, 255, 255, 255, 255]);

        var result = new Resizer(ResizeFilter.Lanczos).Resize(image, 16, 1).Pixels;

        Assert.Equal(0, result[6]);
        Assert.Equal(255, result[9]);
    }

    [Fact]
    public void Fill_WideImage_IsCroppedInTheMiddle()
    {
        // Columns 0 1 2 3 4 of one row each; a square of 1x1 from 5x1 keeps column 2.
        var planes = new byte[3];

        new ImageFitter(1, ResizeFit.CentreCrop, ResizeFilter.Area)
            .Fill(new RasterImage(5, 1, 3, [.. Enumerable.Range(0, 15).Select(i => (byte)i)]), planes);

        Assert.Equal([6, 7, 8], planes);
    }

    [Fact]
    public void Fill_TallImageOfTheRightWidth_BecomesPlanes()
    {
        var planes = new byte[12];

        new ImageFitter(2, ResizeFit.CentreCrop, ResizeFilter.Lanczos)
            .Fill(new RasterImage(2, 4, 3, [.. Enumerable.Range(0, 24).Select(i => (byte)i)]), planes);

        Assert.Equal([6, 9, 12, 15, 7, 10, 13, 16, 8, 11, 14, 17], planes);
    }

    [Fact]
    public void Fill_Pad_CentresOnZeros()
    {
        var planes = Enumerable.Repeat((byte)99, 16).ToArray();

        new ImageFitter(4, ResizeFit.Pad, ResizeFilter.Area)
            .Fill(new RasterImage(2, 2, 1, [1, 2, 3, 4]), planes);

        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0], planes);
    }

    [Fact]
    public void Fill_PadWithALargerImage_IsRefused()
        => Assert.Throws<BadImageException>(() => new ImageFitter(4, ResizeFit.Pad, ResizeFilter.Area)
            .Fill(new RasterImage(5, 1, 1, new byte[5]), new byte[16]));

    [Theory]
    [InlineData(6, 2, 4, 1, new byte[] { 6, 8, 9, 11 })]
    [InlineData(4, 6, 2, 1, new byte[] { 13, 15 })]
    [InlineData(9, 4, 3, 2, new byte[] { 11, 13, 15, 29, 31, 33 })]
    public void Fill_Rectangle_CutsTheCentreOfItsShape(int width, int height, int toWidth, int toHeight,
        byte[] expected)
    {
        var planes = new byte[toWidth * toHeight];

        new ImageFitter(new ImageSize(toWidth, toHeight), ResizeFit.CentreCrop, ResizeFilter.Nearest).Fill(
            new RasterImage(width, height, 1, [.. Enumerable.Range(0, width * height).Select(i => (byte)i)]),
            planes);

        Assert.Equal(expected, planes);
    }

    [Fact]
    public void Fill_Letterbox_KeepsTheShapeBetweenBlackBars()
    {
        var planes = Enumerable.Repeat((byte)99, 16).ToArray();

        new ImageFitter(4, ResizeFit.Letterbox, ResizeFilter.Box)
            .Fill(new RasterImage(8, 4, 1, [.. Enumerable.Repeat((byte)7, 32)]), planes);

        Assert.Equal([0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7, 0, 0, 0, 0], planes);
    }

    private static void AssertNear(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance,
                $"at {i}: expected {expected[i]}, got {actual[i]}");
    }
}
