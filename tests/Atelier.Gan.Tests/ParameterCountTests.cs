using Atelier.Gan.BigGan;
using Atelier.Gan.BigGanDeep;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

/// <summary>
/// The sizes that the BigGAN paper prints (appendix B) for 128 px and 1000 classes, in millions to one digit.
/// </summary>
public sealed class ParameterCountTests : TensorTest
{
    private readonly Generator random = new(Device.Cpu, 1);

    [Fact]
    public void BigGan_At128WithCh96_HasThePapersCounts()
    {
        var options = new BigGanOptions
        {
            Resolution = 128, ClassCount = 1000, GeneratorChannels = 96, DiscriminatorChannels = 96,
            LatentSize = 120, HasSharedEmbedding = true, HasHierarchicalLatent = true,
            GeneratorAttentionResolutions = [64], DiscriminatorAttentionResolutions = [64],
            Initialization = WeightInitialization.Blank,
        };
        using var generator = new BigGanGenerator(options, random);
        using var discriminator = new BigGanDiscriminator(options, random);

        Assert.Equal(70.4, Millions(generator));
        Assert.Equal(88.0, Millions(discriminator));
        Assert.Equal(70_433_988, generator.ParameterCount());
        Assert.Equal(87_982_370, discriminator.ParameterCount());
    }

    [Theory]
    [InlineData(true, 50.4)]
    [InlineData(false, 50.2)]
    public void BigGanDeep_At128WithCh128_HasThePapersCountsWithAFullWidthOutput(bool fullWidth, double count)
    {
        var options = new BigGanDeepOptions
        {
            Resolution = 128, ClassCount = 1000, GeneratorChannels = 128, DiscriminatorChannels = 128,
            GeneratorAttentionResolutions = [64], DiscriminatorAttentionResolutions = [64],
            HasFullWidthOutput = fullWidth, Initialization = WeightInitialization.Blank,
        };
        using var generator = new BigGanDeepGenerator(options, random);
        using var discriminator = new BigGanDeepDiscriminator(options, random);

        Assert.Equal(count, Millions(generator));
        Assert.Equal(34.6, Millions(discriminator));
        Assert.Equal(34_590_210, discriminator.ParameterCount());
    }

    [Fact]
    public void BigGanDeep_OfARecipe_HasThePapersCount()
    {
        var family = new BigGanDeepFamily();
        var options = family.OptionsJson(new ArchitectureRequest
        {
            Resolution = 128, ClassCount = 1000, GeneratorChannels = 128, DiscriminatorChannels = 128,
            ImageChannels = 3, LatentSize = 128,
            GeneratorAttentionResolutions = [64], Initialization = WeightInitialization.Blank,
        });
        using var generator = family.CreateGenerator(options, random);

        Assert.Equal(50.4, Millions(generator));
    }

    [Theory]
    [InlineData(256, 55.9)]
    [InlineData(512, 56.2)]
    public void BigGanDeep_OfThePublishedGenerators_HasTheirCounts(int resolution, double count)
    {
        // As pytorch-pretrained-BigGAN tells of the TF Hub generators.
        var options = new BigGanDeepOptions
        {
            Resolution = resolution, ClassCount = 1000, GeneratorChannels = 128, HasFullWidthOutput = true,
            GeneratorAttentionResolutions = [64], Initialization = WeightInitialization.Blank,
        };
        using var generator = new BigGanDeepGenerator(options, random);

        Assert.Equal(count, Millions(generator));
    }

    private static double Millions(Module network) => Math.Round(network.ParameterCount() / 1e6, 1);
}
