using Atelier.Gan.BigGan;
using Atelier.Gan.BigGanDeep;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

/// <summary>
/// The plans from 128 px up equal BigGAN-PyTorch's, in training mode, narrow, with attention at 64 px; it has
/// no D at 512 px and no BigGAN-deep at 512 px.
/// </summary>
public sealed class LargePlanParityTests : TensorTest
{
    private readonly Generator random = new(Device.Cpu, 2);

    [Theory]
    [InlineData(128, 4, 24)]
    [InlineData(256, 4, 28)]
    [InlineData(512, 2, 32)]
    public void BigGan_OfALargePlan_EqualsTheReference(int resolution, int channels, int latentSize)
    {
        var options = new BigGanOptions
        {
            Resolution = resolution, ClassCount = 3, GeneratorChannels = channels, DiscriminatorChannels = 8,
            LatentSize = latentSize, SharedEmbeddingSize = 5, HasSharedEmbedding = true,
            HasHierarchicalLatent = true, GeneratorAttentionResolutions = [64],
            DiscriminatorAttentionResolutions = [64],
        };
        using var generator = new BigGanGenerator(options, random);
        if (resolution == 512)
        {
            // Eight blocks, each of which divides by deviations over few values: libtorch's own operators,
            // run in another layout than the reference's, are 8e-4 away from it.
            AssertImages("biggan512", generator, 3e-3);
            return;
        }

        AssertImages($"biggan{resolution}", generator);
        using var discriminator = new BigGanDiscriminator(options, random);
        AssertLogits($"biggan{resolution}", discriminator, resolution);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    public void BigGanDeep_OfALargePlan_EqualsTheReference(int resolution)
    {
        var options = new BigGanDeepOptions
        {
            Resolution = resolution, ClassCount = 3, GeneratorChannels = 8, DiscriminatorChannels = 8,
            LatentSize = 6, SharedEmbeddingSize = 5, GeneratorAttentionResolutions = [64],
            DiscriminatorAttentionResolutions = [64],
        };
        using var generator = new BigGanDeepGenerator(options, random);
        using var discriminator = new BigGanDeepDiscriminator(options, random);

        AssertImages($"deep{resolution}", generator);
        AssertLogits($"deep{resolution}", discriminator, resolution);
    }

    private static Tensor Classes() => Tensor.FromArray<long>([2, 0], 2);

    private static void AssertImages(string name, GeneratorNetwork generator, double tolerance = 1e-4)
    {
        FormulaWeights.Fill(generator);
        using var noGrad = new NoGradScope();
        var latent = FormulaWeights.Numbers("z", 2, generator.LatentSize) * 1.7;
        var step = generator.Resolution / 16;
        var images = generator.Generate(latent, Classes());
        // Every 16th of a side is kept, from row 3 and column 5 on.
        var kept = images.Narrow(2, 3, generator.Resolution - 3).Narrow(3, 5, generator.Resolution - 5)
            .Slice(2, 0, null, step).Slice(3, 0, null, step);

        Parity.AssertForward(GoldenFile.Read("large-plans")[name + ".images"], kept, tolerance);
    }

    private static void AssertLogits(string name, DiscriminatorNetwork discriminator, int resolution)
    {
        FormulaWeights.Fill(discriminator);
        using var noGrad = new NoGradScope();
        var logits = discriminator.Discriminate(
            FormulaWeights.Numbers("x", 2, 3, resolution, resolution), Classes()).Logits;

        Parity.AssertForward(GoldenFile.Read("large-plans")[name + ".logits"], logits);
    }
}
