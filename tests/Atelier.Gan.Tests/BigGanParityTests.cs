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
    private const double ForwardTolerance = 1e-4;
    private const double RelativeGradientTolerance = 1e-3;
    private const double BufferTolerance = 1e-5;

    private static readonly BigGanOptions Flat32 = new()
    {
        Resolution = 32, ClassCount = 10, GeneratorChannels = 8, DiscriminatorChannels = 8, LatentSize = 128,
    };

    private static readonly BigGanOptions Attention64 = new()
    {
        Resolution = 64, ClassCount = 5, GeneratorChannels = 2, DiscriminatorChannels = 4, LatentSize = 20,
        HasSharedEmbedding = true, SharedEmbeddingSize = 8, HasHierarchicalLatent = true,
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

        Assert.InRange(MaxDifference(golden["images"], images), 0, ForwardTolerance);
        Assert.InRange(MaxDifference(golden["logits"], logits), 0, ForwardTolerance);
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

        Assert.Equal(golden["loss_D_fake"].Item(), onFake.Item(), RelativeTolerance(golden["loss_D_fake"]));
        Assert.Equal(golden["loss_D_real"].Item(), onReal.Item(), RelativeTolerance(golden["loss_D_real"]));
        Assert.Equal(golden["loss_G"].Item(), forGenerator.Item(), RelativeTolerance(golden["loss_G"]));
        AssertGradients(golden, "D_grad.", BigGanPyTorchKeys.Discriminator, onFake + onReal, discriminator);
        AssertGradients(golden, "G_grad.", BigGanPyTorchKeys.Generator, forGenerator, generator);
        AssertBuffers(golden, "D_state.", BigGanPyTorchKeys.Discriminator, discriminator);
        AssertBuffers(golden, "G_state.", BigGanPyTorchKeys.Generator, generator);
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

            Assert.InRange(MaxDifference(golden["images"], images), 0, ForwardTolerance);
            // Random weights give logits in the hundreds here, so the bound is relative to their size.
            var scale = Math.Max(1, golden["logits"].Abs().Max().Item());
            Assert.InRange(MaxDifference(golden["logits"], logits), 0, ForwardTolerance * scale);
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

            Assert.InRange(MaxDifference(golden["train_images"], images), 0, ForwardTolerance);
            var parameters = generator.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor);
            foreach (var (name, grad) in golden.Under("grad.", BigGanPyTorchKeys.Generator))
                AssertRelative(name, grad, parameters[name].Grad!);
        }
    }

    private (BigGanGenerator Generator, BigGanDiscriminator Discriminator, Dictionary<string, Tensor> Golden)
        Attention64Networks()
    {
        var generator = new BigGanGenerator(Attention64 with { AttentionResolutions = [32] }, random);
        var discriminator = new BigGanDiscriminator(Attention64 with { AttentionResolutions = [16] }, random);
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

    private static double RelativeTolerance(Tensor loss) => 1e-5 * Math.Max(1, Math.Abs(loss.Item()));

    private static void AssertGradients(
        Dictionary<string, Tensor> golden, string prefix, Func<string, string> rename, Tensor loss,
        Module network)
    {
        var parameters = network.NamedParameters();
        var grads = Autograd.Grad([loss], network.Parameters(), retainGraph: true);
        var expected = golden.Under(prefix, rename);
        Assert.Equal(expected.Count, parameters.Count);
        // A convolution's bias in front of a BatchNorm has gradient zero but for rounding, which differs
        // freely: such tensors are measured against the largest gradient of the network.
        var floor = 1e-3 * expected.Values.Max(e => e.Abs().Max().Item());
        for (var k = 0; k < grads.Length; k++)
            AssertRelative(parameters[k].Name, expected[parameters[k].Name], grads[k]!, floor);
    }

    private static void AssertRelative(string name, Tensor expected, Tensor actual, double floor = 1e-6)
    {
        var scale = Math.Max(expected.Abs().Max().Item(), floor);
        var difference = MaxDifference(expected, actual) / scale;
        Assert.True(
            difference <= RelativeGradientTolerance, $"{name}: {difference:E2} of its largest element");
    }

    private static void AssertBuffers(
        Dictionary<string, Tensor> golden, string prefix, Func<string, string> rename, Module network)
    {
        var expected = golden.Under(prefix, rename);
        Assert.NotEmpty(expected);
        foreach (var (name, tensor) in network.NamedBuffers().Where(b => expected.ContainsKey(b.Name)))
        {
            var scale = Math.Max(1, expected[name].Abs().Max().Item());
            var difference = MaxDifference(expected[name].Reshape(tensor.Shape), tensor) / scale;
            Assert.True(difference <= BufferTolerance, $"{name}: {difference:E2}");
        }
    }
}
