using Atelier.Gan.BigGanDeep;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

/// <summary>
/// Equality with BigGAN-PyTorch's BigGAN-deep; see Golden/README.md for the numbers' origin and the
/// tolerances.
/// </summary>
public sealed class BigGanDeepParityTests : TensorTest
{
    private static readonly BigGanDeepOptions Options = new()
    {
        Resolution = 64, ClassCount = 5, GeneratorChannels = 8, DiscriminatorChannels = 8, LatentSize = 32,
        SharedEmbeddingSize = 32, GeneratorAttentionResolutions = [32],
        DiscriminatorAttentionResolutions = [32],
    };

    private readonly Dictionary<string, Tensor> golden;

    public BigGanDeepParityTests() => golden = GoldenFile.Read("biggan-deep64");

    [Fact]
    public void Forward_At64WithAttention_EqualsTheReference()
    {
        using var generator = LoadGenerator();
        using var discriminator = LoadDiscriminator();
        generator.Train(false);
        discriminator.Train(false);
        var given = golden.Under("forward.", n => n);
        using var noGrad = new NoGradScope();

        var images = generator.Generate(given["z"], given["y"]);
        var logits = discriminator.Discriminate(given["x"], given["y"]).Logits;

        Parity.AssertForward(given["images"], images);
        Parity.AssertForward(given["logits"], logits);
    }

    [Fact]
    public void LossesGradientsAndBuffers_At64_EqualTheReference()
    {
        using var generator = LoadGenerator();
        using var discriminator = LoadDiscriminator();
        var input = golden.Under("input.", n => n);
        var expected = golden.Under("expected.", n => n);
        var batch = input["x"].Size(0);
        var loss = new HingeLoss();

        var fake = generator.Generate(input["z"], input["fake_y"]);
        var logits = discriminator.Discriminate(
            Aten.Cat([fake, input["x"]]), Aten.Cat([input["fake_y"], input["y"]])).Logits;
        var onFake = loss.DiscriminatorOnFake(logits.Narrow(0, 0, batch));
        var onReal = loss.DiscriminatorOnReal(logits.Narrow(0, batch, batch));
        var forGenerator = loss.Generator(logits.Narrow(0, 0, batch));

        Parity.AssertLoss(expected["loss_D_fake"], onFake);
        Parity.AssertLoss(expected["loss_D_real"], onReal);
        Parity.AssertLoss(expected["loss_G"], forGenerator);
        Parity.AssertGradients(
            expected, "D_grad.", DiscriminatorKey, onFake + onReal, discriminator);
        Parity.AssertGradients(expected, "G_grad.", BigGanDeepPyTorchKeys.Generator, forGenerator, generator);
        Parity.AssertBuffers(expected, "D_state.", DiscriminatorKey, discriminator);
        Parity.AssertBuffers(expected, "G_state.", BigGanDeepPyTorchKeys.Generator, generator);
    }

    private static string DiscriminatorKey(string name) =>
        BigGanDeepPyTorchKeys.Discriminator(name, Options.BlocksPerStage);

    private BigGanDeepGenerator LoadGenerator()
    {
        using var random = new Generator(Device.Cpu, 5);
        var generator = new BigGanDeepGenerator(Options, random);
        generator.LoadState(golden.Under("G.", BigGanDeepPyTorchKeys.Generator));
        return generator;
    }

    private BigGanDeepDiscriminator LoadDiscriminator()
    {
        using var random = new Generator(Device.Cpu, 5);
        var discriminator = new BigGanDeepDiscriminator(Options, random);
        discriminator.LoadState(golden.Under("D.", DiscriminatorKey));
        return discriminator;
    }
}
