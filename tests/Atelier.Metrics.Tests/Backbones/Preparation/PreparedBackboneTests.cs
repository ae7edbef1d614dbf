using Atelier.Data.Resizing;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class PreparedBackboneTests : TensorTest
{
    [Fact]
    public void Extract_OfGreyImages_IsThatOfTheSameColours()
    {
        using var backbone = Make(new BackboneInput(1, 9));
        var grey = Formula.Images(3, 9, 9).Narrow(1, 1, 1);

        var once = backbone.Extract(grey).Logits;

        Assert.Equal(0, MaxDifference(backbone.Extract(grey.Expand([-1, 3, -1, -1])).Logits, once));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(19)]
    public void Extract_InOtherBatches_DiffersByRoundingOnly(int batch)
    {
        using var backbone = Make(new BackboneInput(3, 9));
        var images = Formula.Images(19, 9, 9);
        var whole = backbone.Extract(images).Features;

        var parts = Enumerable.Range(0, (19 + batch - 1) / batch).Select(k =>
        {
            var part = images.Narrow(0, k * batch, Math.Min(batch, 19 - (k * batch)));
            return backbone.Extract(part).Features;
        });

        Assert.InRange(MaxDifference(whole, Aten.Cat([.. parts])), 0, 1e-6);
    }

    [Fact]
    public void Extract_Twice_IsEqualToTheLastBit()
    {
        using var backbone = Make(new BackboneInput(3, 9));
        var images = Formula.Images(9, 9, 9);

        Assert.Equal(0, MaxDifference(backbone.Extract(images).Features, backbone.Extract(images).Features));
    }

    [Fact]
    public void Extract_OfTwoChannels_IsRefused()
    {
        using var backbone = Make(new BackboneInput(3, 9));

        var error = Assert.Throws<AtelierException>(() => backbone.Extract(Tensor.Zeros([1, 2, 9, 9])));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("takes grey or colour images [N, 1 or 3, H, W]; these are [1, 2, 9, 9]",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_OfTheRightSize_GivesMeanZeroAndDeviationOneWhereImageNetHasThem()
    {
        var preparation = TinyNetwork.Entry().Preparation;
        var mean = ImageNormalisation.ImageNet.Mean.Select(static m => (float)((2 * m) - 1)).ToArray();
        var images = Tensor.FromArray<float>(mean, 1, 3, 1, 1).Expand([1, 3, 6, 6]);

        var prepared = preparation.Apply(images);
        var oneDeviationOff = preparation.Apply(images + (2 * 0.229));

        AssertClose(new double[108], prepared, 1e-6);
        AssertClose([1], oneDeviationOff.Narrow(1, 0, 1).Mean(), 1e-5);
    }

    [Theory]
    [InlineData(ImageResizing.Clean, "clean;6;imagenet")]
    [InlineData(ImageResizing.Legacy, "legacy;6;imagenet")]
    [InlineData(ImageResizing.Friendly, "friendly-lanczos;6;imagenet")]
    public void Preprocessing_ForProtocols_NamesEverything(ImageResizing resizing, string expected) =>
        Assert.Equal(
            expected,
            new ImagePreparation(3, 6, resizing, ResizeFilter.Lanczos, ImageNormalisation.ImageNet)
                .Description);

    [Fact]
    public void BFloat16_OfABackbone_IsNearAndHasItsOwnProtocol()
    {
        using var backbone = new BFloat16Backbone(Make(new BackboneInput(3, 9)));
        using var exact = Make(new BackboneInput(3, 9));
        var images = Formula.Images(2, 9, 9);

        var (features, logits) = backbone.Extract(images);

        Assert.Equal("bf16", backbone.Precision);
        Assert.Equal(DType.Float32, features.DType);
        Assert.Equal(DType.Float32, logits.DType);
        var expected = exact.Extract(images).Features;
        var difference = MaxDifference(expected, features) / expected.Abs().Max().Item();
        // Eight bits of a number are kept: 2^-8 of rounding, and something was rounded.
        Assert.InRange(difference, 1e-5, 2e-2);
    }

    private static PreparedBackbone Make(BackboneInput input)
    {
        var entry = TinyNetwork.Entry();
        var network = entry.Create();
        using var scope = new TensorScope();
        network.Load(Formula.Weights(network.Slots));
        return new PreparedBackbone(network, entry.Preparation, input);
    }
}
