using Atelier.Gan.BigGan;
using Atelier.Gan.Residual;

namespace Atelier.Gan.Tests;

public sealed class ShapePlanTests
{
    /// <summary>Width x height; plan, stages, doublings, halvings; the first map.</summary>
    [Theory]
    [InlineData("32x32", 32, 3, 3, 2, "4x4")]
    [InlineData("64x64", 64, 4, 4, 4, "4x4")]
    [InlineData("128x128", 128, 5, 5, 5, "4x4")]
    [InlineData("512x512", 512, 7, 7, 7, "4x4")]
    [InlineData("48x48", 64, 4, 4, 4, "3x3")]
    [InlineData("64x48", 64, 4, 4, 4, "4x3")]
    [InlineData("48x64", 64, 4, 4, 4, "3x4")]
    [InlineData("24x24", 32, 3, 3, 2, "3x3")]
    [InlineData("28x28", 32, 3, 2, 2, "7x7")]
    [InlineData("20x12", 32, 3, 2, 2, "5x3")]
    [InlineData("36x28", 64, 4, 2, 2, "9x7")]
    [InlineData("96x64", 128, 5, 4, 4, "6x4")]
    [InlineData("256x64", 256, 6, 4, 4, "16x4")]
    [InlineData("12x64", 64, 4, 2, 2, "3x16")]
    public void Plan_OfAShape_FollowsTheRule(
        string text, int size, int stages, int doublings, int halvings, string first)
    {
        Assert.True(ImageSize.TryParse(text, out var shape));

        var plan = ShapePlan.Of(shape);

        Assert.Equal(
            (size, stages, doublings, halvings, first),
            (plan.Size, plan.Stages, plan.Doublings, plan.Halvings, plan.Base.ToString()));
    }

    [Theory]
    [InlineData(36, 48, null)]
    [InlineData(60, 100, "2 halvings lead to 25x15, and a first map has sides from 3 to 16; " +
        "nearest: 96x56 and 104x64")]
    [InlineData(30, 32, "both sides must be multiples of 4 from 12 to 512; nearest: 32x28 and 32x32")]
    [InlineData(100, 100, "2 halvings lead to 25x25, and a first map has sides from 3 to 16; " +
        "nearest: 96x96 and 104x104")]
    [InlineData(8, 12, "both sides must be multiples of 4 from 12 to 512; nearest: 12x12")]
    [InlineData(int.MaxValue, -1, "both sides must be multiples of 4 from 12 to 512; nearest: 12x64 and " +
        "96x512")]
    [InlineData(64, 512, "4 halvings lead to 32x4, and a first map has sides from 3 to 16; " +
        "nearest: 256x64 and 512x96")]
    public void WhyNot_OfAShape_NamesTheNearestThatWork(int height, int width, string? expected) =>
        Assert.Equal(expected, ShapePlan.WhyNot(new ImageSize(width, height)));

    [Fact]
    public void WhyNot_OfSidesThatDivideAndAreAlike_IsNothing()
    {
        var sides = Enumerable.Range(3, 126).Select(static k => 4 * k).ToList();
        var promised = sides.SelectMany(h => sides.Select(w => new ImageSize(w, h))).Where(static size =>
        {
            var step = size.LongSide <= 64 ? 4 : size.LongSide <= 128 ? 8 : size.LongSide <= 256 ? 16 : 32;
            return size.LongSide <= 4 * size.ShortSide && (size.Width | size.Height) % step == 0;
        }).ToList();

        Assert.True(promised.Count > 400);
        Assert.All(promised, static size => Assert.Null(ShapePlan.WhyNot(size)));
    }

    [Fact]
    public void WhyNot_OfEveryShape_AgreesWithWhatItsStagesMake()
    {
        var heights = Enumerable.Range(0, 132).Select(static k => 4 * k).ToList();
        int[] widths = [12, 48, 96, 500];
        Assert.All(heights.SelectMany(h => widths.Select(w => new ImageSize(w, h))), static shape =>
        {
            if (ShapePlan.WhyNot(shape) is not null) return;
            var plan = ShapePlan.Of(shape);
            Assert.Equal(shape, new ImageSize(
                plan.Base.Width << plan.Doublings, plan.Base.Height << plan.Doublings));
            Assert.InRange(plan.Base.ShortSide, 3, 16);
            Assert.InRange(plan.Base.LongSide, 3, 16);
            Assert.InRange(shape.LongSide, plan.Size == 32 ? 12 : (plan.Size / 2) + 1, plan.Size);
        });
    }

    [Fact]
    public void Attention_InARectangle_StandsByTheLongerSideBehindTheLastBlockOfASize()
    {
        var plan = ChannelPlan.Of(new BigGanOptions
        {
            Resolution = new ImageSize(28, 36), GeneratorChannels = 1, DiscriminatorChannels = 1,
            GeneratorAttentionResolutions = [9, 18], DiscriminatorAttentionResolutions = [9, 18],
        });

        Assert.Equal(
            [(9, false, false), (9, false, true), (18, true, true), (36, true, false)],
            plan.Generator.Select(static b => (b.Resolution, b.Resamples, b.HasAttention)));
        Assert.Equal(
            [(18, true, true), (9, true, true), (9, false, false), (9, false, false), (9, false, false)],
            plan.Discriminator.Select(static b => (b.Resolution, b.Resamples, b.HasAttention)));
    }

    [Theory]
    [InlineData("64x48", 48, 64)]
    [InlineData("48x48", 48, 48)]
    public void Shape_FromText_IsWidthTimesHeight(string text, int height, int width)
    {
        Assert.True(ImageSize.TryParse(text, out var shape));
        Assert.Equal(new ImageSize(width, height), shape);
    }

    [Theory]
    [InlineData("64x")]
    [InlineData("64 x 48")]
    [InlineData("-64x48")]
    [InlineData("64x48x3")]
    [InlineData("99999999999x4")]
    [InlineData("")]
    public void Shape_FromOtherText_IsNone(string text) => Assert.False(ImageSize.TryParse(text, out _));
}
