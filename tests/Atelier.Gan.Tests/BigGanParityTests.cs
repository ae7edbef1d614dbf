using Atelier.Gan.BigGan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

/// <summary>
/// Equality with BigGAN-PyTorch; see Golden/README.md for the numbers' origin and the tolerances.
/// </summary>
public sealed class BigGanParityTests : TensorTest
{
    private static readonly BigGanOptions Flat32 = new()
    {
        Resolution = 32, ClassCount = 10, GeneratorChannels = 8, DiscriminatorChannels = 8, LatentSize = 128,
    };

    private static readonly BigGanOptions Attention64 = new()
    {
        Resolution = 64, ClassCount = 5, GeneratorChannels = 2, DiscriminatorChannels = 4, LatentSize = 20,
        HasSharedEmbedding = true, SharedEmbeddingSize = 8, HasHierarchicalLatent = true,
        GeneratorAttentionResolutions = [32], DiscriminatorAttentionResolutions = [16],
    };

    private readonly Generator random = new(Device.Cpu, 5);

    [Fact]
    public void Forward_At32WithClassTables_EqualsTheReference()
    {
        using var generator = new BigGanGenerator(Flat32, random);
        using var discriminator = new BigGanDiscriminator(Flat32, random);
        LoadBoth("biggan32-flat.weights", generator, discriminator);
        generator.Train(false);
        discriminator.Train(false);
        var golden = GoldenFile.Read("biggan32-flat.forward");
        using var noGrad = new NoGradScope();

        var images = generator.Generate(golden["z"], golden["y"]);
        var logits = discriminator.Discriminate(golden["x"], golden["y"]).Logits;

        Parity.AssertForward(golden["images"], images);
        Parity.AssertForward(golden["logits"], logits);
    }

    [Fact]
    public void LossesGradientsAndBuffers_At32_EqualTheReference()
    {
        using var generator = new BigGanGenerator(Flat32, random);
        using var discriminator = new BigGanDiscriminator(Flat32, random);
        LoadBoth("biggan32-flat.weights", generator, discriminator);
        var golden = GoldenFile.Read("biggan32-flat.grads");
        var input = GoldenFile.Read("biggan32-flat.step").Under("input.", n => n);
        var loss = new HingeLoss();
        var batch = input["z"].Size(1);
        var fakeClasses = input["fake_y"].Select(0, 0);

        var fake = generator.Generate(input["z"].Select(0, 0), fakeClasses);
        var logits = discriminator.Discriminate(
            Aten.Cat([fake, input["x"].Narrow(0, 0, batch)]),
            Aten.Cat([fakeClasses, input["y"].Narrow(0, 0, batch)])).Logits;
        var onFake = loss.DiscriminatorOnFake(logits.Narrow(0, 0, batch));
        var onReal = loss.DiscriminatorOnReal(logits.Narrow(0, batch, batch));
        var forGenerator = loss.Generator(logits.Narrow(0, 0, batch));

        Parity.AssertLoss(golden["loss_D_fake"], onFake);
        Parity.AssertLoss(golden["loss_D_real"], onReal);
        Parity.AssertLoss(golden["loss_G"], forGenerator);
        Parity.AssertGradients(
            golden, "D_grad.", BigGanPyTorchKeys.Discriminator, onFake + onReal, discriminator);
        Parity.AssertGradients(golden, "G_grad.", BigGanPyTorchKeys.Generator, forGenerator, generator);
        Parity.AssertBuffers(golden, "D_state.", BigGanPyTorchKeys.Discriminator, discriminator);
        Parity.AssertBuffers(golden, "G_state.", BigGanPyTorchKeys.Generator, generator);
    }

    [Fact]
    public void TwoDiscriminatorSteps_At32_EqualTheReferencesState()
    {
        using var generator = new BigGanGenerator(Flat32, random);
        using var discriminator = new BigGanDiscriminator(Flat32, random);
        LoadBoth("biggan32-flat.weights", generator, discriminator);
        using var adam = new Adam(discriminator.NamedParameters(), new AdamOptions(4e-4, Epsilon: 1e-6));
        var golden = GoldenFile.Read("biggan32-flat.step");
        var input = golden.Under("input.", n => n);
        var batch = input["z"].Size(1);
        var loss = new HingeLoss();

        for (var step = 0; step < 2; step++)
        {
            discriminator.ZeroGrad();
            Tensor fake;
            using (new NoGradScope())
                fake = generator.Generate(input["z"].Select(0, step), input["fake_y"].Select(0, step));
            var logits = discriminator.Discriminate(
                Aten.Cat([fake, input["x"].Narrow(0, step * batch, batch)]),
                Aten.Cat(
                    [input["fake_y"].Select(0, step), input["y"].Narrow(0, step * batch, batch)])).Logits;
            Autograd.Backward(loss.DiscriminatorOnFake(logits.Narrow(0, 0, batch)) +
                loss.DiscriminatorOnReal(logits.Narrow(0, batch, batch)));
            adam.Step();
        }

        // Adam's first steps are nearly lr * sign(g): where g is all but zero, rounding decides the sign, so
        // a share of the elements may differ by whole steps. u has run one more pass for G's update; it is
        // left out.
        var expected = golden.Under("D.", BigGanPyTorchKeys.Discriminator);
        foreach (var (name, tensor) in discriminator.NamedParameters())
        {
            var close = (expected[name] - tensor).Abs().Le(1e-5).To(DType.Float64).Mean().Item();
            Assert.True(close > 0.98, $"{name}: {close:P1} of the elements agree");
        }
    }

    [Fact]
    public void Forward_At64WithAttentionSharedEmbeddingAndSkipZ_EqualsTheReference()
    {
        var (generator, discriminator, golden) = Attention64Networks();
        using (generator)
        using (discriminator)
        {
            generator.Train(false);
            discriminator.Train(false);
            using var noGrad = new NoGradScope();

            var images = generator.Generate(golden["z"], golden["y"]);
            var logits = discriminator.Discriminate(golden["x"], golden["y"]).Logits;

            Parity.AssertForward(golden["images"], images);
            Parity.AssertForward(golden["logits"], logits);
        }
    }

    [Fact]
    public void TrainingPass_At64WithAttention_EqualsTheReferencesImagesAndGradients()
    {
        var (generator, discriminator, golden) = Attention64Networks();
        using (generator)
        using (discriminator)
        {
            var images = generator.Generate(golden["z"], golden["y"]);
            var logits = discriminator.Discriminate(images, golden["y"]).Logits;
            Autograd.Backward(new HingeLoss().Generator(logits));

            Parity.AssertForward(golden["train_images"], images);
            var parameters = generator.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor);
            foreach (var (name, grad) in golden.Under("grad.", BigGanPyTorchKeys.Generator))
                Parity.AssertRelative(name, grad, parameters[name].Grad!);
        }
    }

    private (BigGanGenerator Generator, BigGanDiscriminator Discriminator, Dictionary<string, Tensor> Golden)
        Attention64Networks()
    {
        var generator = new BigGanGenerator(Attention64, random);
        var discriminator = new BigGanDiscriminator(Attention64, random);
        return (generator, discriminator, LoadBoth("biggan64-attention", generator, discriminator));
    }

    private static Dictionary<string, Tensor> LoadBoth(
        string file, BigGanGenerator generator, BigGanDiscriminator discriminator)
    {
        var weights = GoldenFile.Read(file);
        generator.LoadState(weights.Under("G.", BigGanPyTorchKeys.Generator));
        discriminator.LoadState(weights.Under("D.", BigGanPyTorchKeys.Discriminator));
        return weights;
    }
}
