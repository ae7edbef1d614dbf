using Atelier.Data.Decoding;

namespace Atelier.Data.Tests.Decoding;

public sealed class ImagePolicyTests
{
    [Theory]
    [InlineData(AlphaRule.White, 205, 155, 255)]
    [InlineData(AlphaRule.Black, 50, 0, 100)]
    [InlineData(AlphaRule.Drop, 128, 0, 255)]
    public void Apply_Alpha_LaysTheImageOverTheBackground(AlphaRule rule, int red, int green, int blue)
    {
        // 100/255 of the colour over 155/255 of the background, rounded to nearest.
        var image = new RasterImage(1, 1, 4, [128, 0, 255, 100]);

        var result = new ImagePolicy(OnAlpha: rule).Apply(image, 3);

        Assert.Equal([(byte)red, (byte)green, (byte)blue], result.Pixels);
    }

    [Fact]
    public void Apply_GreyToRgb_RepeatsTheValue()
    {
        var result = new ImagePolicy(GreyRule.Rgb).Apply(new RasterImage(2, 1, 1, [7, 9]), 3);

        Assert.Equal([7, 7, 7, 9, 9, 9], result.Pixels);
    }

    [Theory]
    [InlineData(5, 0, GreyRule.Refuse, 1)]
    [InlineData(5, 0, GreyRule.Rgb, 3)]
    [InlineData(5, 6, GreyRule.Refuse, 3)]
    [InlineData(6, 5, GreyRule.Refuse, 1)]
    [InlineData(6, 5, GreyRule.Rgb, 3)]
    [InlineData(1, 9, GreyRule.Keep, 1)]
    [InlineData(0, 9, GreyRule.Keep, 3)]
    public void ChannelsFor_Mixture_FollowsTheMajorityUnlessGreyBecomesColour(int grey, int colour,
        GreyRule rule, int expected)
        => Assert.Equal(expected, new ImagePolicy(rule).ChannelsFor(grey, colour));

    [Fact]
    public void Refusal_AlphaWithoutARule_NamesTheOption()
    {
        var header = new ImageHeader(ImageFormat.Png, 4, 5, 3, true, 8);

        Assert.Contains("--on-alpha", new ImagePolicy().Refusal(header), StringComparison.Ordinal);
        Assert.Null(new ImagePolicy(OnAlpha: AlphaRule.Drop).Refusal(header));
    }
}
