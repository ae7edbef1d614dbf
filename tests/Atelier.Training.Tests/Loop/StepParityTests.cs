using Atelier.Gan;
using Atelier.Gan.BigGan;
using Atelier.Gan.Tests;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;
using Atelier.Training.Tests.Recipes;

namespace Atelier.Training.Tests.Loop;

/// <summary>
/// One whole step against BigGAN-PyTorch's training function: two D updates, one G update, Adam, orthogonal
/// regularisation, the average. See Golden/README.md of the Gan tests for the numbers' origin.
/// </summary>
public sealed class StepParityTests : TensorTest
{
    private const string Recipe = """
        name: parity
        training:
          batch_size: 3
          discriminator_steps: 2
          precision: fp32
          generator: {lr: 1e-4, beta1: 0, beta2: 0.999, eps: 1e-6}
          discriminator: {lr: 4e-4, beta1: 0, beta2: 0.999, eps: 1e-6}
          ema: {decay: 0.9}
        """;

    // Adam's first step is nearly lr * sign(g): where g is all but zero, rounding decides the sign, so a few
    // elements may differ by whole steps.
    private const double ShareThatAgrees = 0.98;
    private const double Close = 0.02;

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

    [Fact]
    public void Step_At32WithClassTables_EqualsTheReferences() => AssertStep(
        "biggan32-flat.weights", "biggan32-flat.step", Flat32, 1e-4, 0);

    [Fact]
    public void Step_At64WithAttentionSharedEmbeddingAndSkipZ_EqualsTheReferences() => AssertStep(
        "biggan64-attention", "biggan64-attention.step", Attention64, 1e-3, 5e-4);

    private static void AssertStep(
        string weightsFile, string stepFile, BigGanOptions options, double orthoG, double orthoD)
    {
        var training = RecipeFixture.Resolve(Recipe).Recipe.Training;
        training = training with
        {
            Regularisation = training.Regularisation with
            {
                Orthogonal = new(orthoG, orthoD, OrthogonalForm.OffDiagonal),
            },
        };
        var blueprint = new GanBlueprint(new BigGanFamily(), BigGanFamily.ToJson(options));
        using var session = new GanSession(blueprint, training, Precision.Float32);
        var weights = GoldenFile.Read(weightsFile);
        session.Generator.LoadState(weights.Under("G.", BigGanPyTorchKeys.Generator));
        session.Average.CopyStateFrom(session.Generator);
        session.Discriminator.LoadState(weights.Under("D.", BigGanPyTorchKeys.Discriminator));
        var golden = GoldenFile.Read(stepFile);
        var input = golden.Under("input.", static n => n);
        var (reals, fakes) = (0, 0);

        new TrainStep(
            session, new HingeLoss(),
            () => new RealBatch(
                input["x"].Narrow(0, 3 * reals, 3), input["y"].Narrow(0, 3 * reals++, 3)),
            _ => new FakeInput(input["z"].Select(0, fakes), input["fake_y"].Select(0, fakes++)))
        {
            IteratesEveryPass = true,
        }.Run();

        Assert.Equal((2, 3), (reals, fakes));
        var generator = golden.Under("G.", BigGanPyTorchKeys.Generator);
        AssertMoved(generator, session.Generator, training.Generator.LearningRate);
        AssertMoved(
            golden.Under("D.", BigGanPyTorchKeys.Discriminator), session.Discriminator,
            training.Discriminator.LearningRate);
        AssertMoved(
            golden.Under("G_ema.", BigGanPyTorchKeys.Generator), session.Average,
            0.1 * training.Generator.LearningRate);
        AssertBuffers(generator, session.Generator);
        AssertBuffers(golden.Under("G_ema.", BigGanPyTorchKeys.Generator), session.Average);
    }

    private static void AssertMoved(Dictionary<string, Tensor> expected, Module network, double stepSize)
    {
        var parameters = network.NamedParameters();
        Assert.Equal(parameters.Count, parameters.Count(p => expected.ContainsKey(p.Name)));
        foreach (var (name, tensor) in parameters)
        {
            if (network is GeneratorNetwork && IsBiasBeforeBatchNorm(name)) continue;
            // float32 keeps a weight to 6e-8 of its size.
            var tolerance = Math.Max(Close * stepSize, 2e-7 * expected[name].Abs().Max().Item());
            var share = (expected[name] - tensor).Abs().Le(tolerance).To(DType.Float64).Mean().Item();
            Assert.True(share >= ShareThatAgrees, $"{name}: {share:P2} of the elements agree");
        }
    }

    // A BatchNorm takes such a bias away again: its gradient is rounding, and so is the sign that Adam sees.
    private static bool IsBiasBeforeBatchNorm(string name) =>
        name.StartsWith("blocks.", StringComparison.Ordinal) &&
        (name.EndsWith("conv1.bias", StringComparison.Ordinal) ||
            name.EndsWith("conv2.bias", StringComparison.Ordinal) ||
            name.EndsWith("skip.bias", StringComparison.Ordinal));

    /// <summary>
    /// Statistics and power iteration of three forward passes with the starting weights: to rounding.
    /// </summary>
    private static void AssertBuffers(Dictionary<string, Tensor> expected, Module network)
    {
        foreach (var (name, tensor) in network.NamedBuffers())
        {
            var scale = Math.Max(1, expected[name].Abs().Max().Item());
            var difference = MaxDifference(expected[name].Reshape(tensor.Shape), tensor) / scale;
            Assert.True(difference <= 2e-5, $"{name}: {difference:E2}");
        }
    }
}
