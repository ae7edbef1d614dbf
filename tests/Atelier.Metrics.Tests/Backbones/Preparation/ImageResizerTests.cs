using Atelier.Data.Resizing;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

/// <summary>Against what Pillow and PyTorch made of the same images.</summary>
public sealed class ImageResizerTests : TensorTest
{
    private const string File = "resizing.safetensors";

    [Fact]
    public void Clean_Enlarging_EqualsPillowsCubicOnFloats() => Compare(
        new ImageResizer(ImageResizing.Clean), "resize_in_u8", "resize_clean_bicubic_64x75");

    [Fact]
    public void Clean_Reducing_EqualsPillowsCubicOnFloats() => Compare(
        new ImageResizer(ImageResizing.Clean), "resize_in2_u8", "resize_pil_float_bicubic_32x24");

    [Fact]
    public void Legacy_Reducing_EqualsTorchWithoutAntialiasing() => Compare(
        new ImageResizer(ImageResizing.Legacy), "resize_in2_u8", "resize_torch_bilinear_noaa_32x24");

    [Theory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    [InlineData(ResizeFilter.Lanczos)]
    [InlineData(ResizeFilter.Box)]
    public void Friendly_Reducing_EqualsPillowsBytes(ResizeFilter filter)
    {
        var name = $"resize_pil_u8_{filter.ToString().ToLowerInvariant()}_32x24";
        var expected = Golden.Tensor(File, name);
        var images = PixelRange.FromBytes(Golden.Tensor(File, "resize_in2_u8"), Device.Cpu);

        var actual = new ImageResizer(ImageResizing.Friendly, filter).Resize(images, 32, 24);

        Assert.Equal(expected.ToArray<byte>(), PixelRange.ToBytes(actual).ToArray<byte>());
    }

    [Theory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Lanczos)]
    [InlineData(ResizeFilter.Box)]
    public void FloatResizer_Reducing_EqualsPillowsFloats(ResizeFilter filter)
    {
        var expected = Golden.Floats(File, $"resize_pil_float_{filter.ToString().ToLowerInvariant()}_32x24");
        var pixels = Golden.Tensor(File, "resize_in2_u8").To(DType.Float32).ToArray<float>();
        var resizer = new Resizer(filter);
        var actual = new float[expected.Length];

        for (var plane = 0; plane < 3; plane++)
            resizer.Resize(
                pixels.AsSpan(plane * 120 * 90, 120 * 90), 90, 120, 1, 24, 32,
                actual.AsSpan(plane * 32 * 24, 32 * 24));

        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-4f);
    }

    /// <summary>Pixels of the oracles lie in [0, 255].</summary>
    private static void Compare(ImageResizer resizer, string input, string result)
    {
        var expected = Golden.Tensor(File, result);
        var images = PixelRange.FromBytes(Golden.Tensor(File, input), Device.Cpu);

        var actual = resizer.Resize(images, (int)expected.Size(2), (int)expected.Size(3));

        var pixels = (actual + 1) * 127.5;
        var worst = (pixels - expected).Abs().Max().Item();
        Assert.True(worst <= 1e-4, $"the worst pixel is off by {worst:E2} of 255");
    }
}
