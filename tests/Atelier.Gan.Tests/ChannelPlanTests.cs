using Atelier.Gan.BigGan;
using Atelier.Gan.Residual;

namespace Atelier.Gan.Tests;

public sealed class ChannelPlanTests
{
    [Fact]
    public void Plan_At32_IsTheReferences()
    {
        var plan = ChannelPlan.Of(new BigGanOptions { GeneratorChannels = 64, DiscriminatorChannels = 48 });

        Assert.Equal([(256, 256, 8), (256, 256, 16), (256, 256, 32)],
            plan.Generator.Select(b => (b.Inputs, b.Outputs, b.Resolution)));
        Assert.Equal([(3, 192, true, 16), (192, 192, true, 8), (192, 192, false, 8), (192, 192, false, 8)],
            plan.Discriminator.Select(b => (b.Inputs, b.Outputs, b.Resamples, b.Resolution)));
    }

    [Fact]
    public void Plan_At128_IsThePapersTable()
    {
        var plan = ChannelPlan.Of(new BigGanOptions
        {
            Resolution = 128, GeneratorChannels = 1, DiscriminatorChannels = 1,
            GeneratorAttentionResolutions = [64], DiscriminatorAttentionResolutions = [64],
        });

        Assert.Equal(
            [16, 16, 8, 4, 2, 1], plan.Generator.Select(b => b.Inputs).Append(plan.Generator[^1].Outputs));
        Assert.Equal(
            [3, 1, 2, 4, 8, 16, 16],
            plan.Discriminator.Select(b => b.Inputs).Append(plan.Discriminator[^1].Outputs));
        Assert.Equal(64, Assert.Single(plan.Generator, b => b.HasAttention).Resolution);
        Assert.Equal(64, Assert.Single(plan.Discriminator, b => b.HasAttention).Resolution);
        Assert.False(plan.Discriminator[^1].Resamples);
    }

    [Fact]
    public void Widths_OfTheRecipe_ReplaceThePlan()
    {
        var plan = ChannelPlan.Of(new BigGanOptions
        {
            GeneratorChannels = 8, DiscriminatorChannels = 8, GeneratorWidths = [6, 5, 3, 2],
            DiscriminatorWidths = [1, 2, 4, 7],
        });

        Assert.Equal([(48, 40), (40, 24), (24, 16)], plan.Generator.Select(b => (b.Inputs, b.Outputs)));
        Assert.Equal([8, 16, 32, 56], plan.Discriminator.Select(b => b.Outputs));
    }

    [Fact]
    public void Widths_OfAWrongNumber_AreRefusedWithAnExample()
    {
        var error = Assert.Throws<AtelierException>(
            () => ChannelPlan.Of(new BigGanOptions { GeneratorWidths = [4, 2] }));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("4 positive multiples", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolution_WithoutAPlan_IsRefusedWithTheNearest()
    {
        var error = Assert.Throws<AtelierException>(
            () => ChannelPlan.Of(new BigGanOptions { Resolution = 50 }));

        Assert.Contains("nearest: 48x48 and 52x52", error.Message, StringComparison.Ordinal);
    }
}
