using Atelier.Gan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

/// <summary>What a step computes, and what it does not.</summary>
public sealed class StepWorkTests : TensorTest
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void FakesInFewerPasses_LeaveTheStateOfSinglePasses(int atOnce)
    {
        string[] set = ["training.discriminator_steps=2", "training.accumulation=2"];
        using var apart = Session(set);
        using var together = Session(set);
        var (first, second) = (0UL, 0UL);
        var one = new TrainStep(apart, new HingeLoss(), () => Batch(++first));
        var other = new TrainStep(together, new HingeLoss(), () => Batch(++second)) { FakesAtOnce = atOnce };

        Assert.Equal(one.Run().LossDiscriminator, other.Run().LossDiscriminator, 1e-5);

        Assert.Equal(4UL, second);
        // The same latents in the same order, to the last draw.
        Assert.Equal(apart.Random.GetState(), together.Random.GetState());
        // Another batch size may add in another order.
        foreach (var (expected, actual) in apart.AllTensors().Zip(together.AllTensors()))
            Assert.True(MaxDifference(expected.Tensor, actual.Tensor) <= 1e-5, expected.Name);
    }

    [Fact]
    public void FakesInOnePass_WithDropout_TakeTheLatentsOfSinglePasses()
    {
        const string Dropout = "training.regularisation.dropout_keep=0.5";
        using var apart = Session(Dropout);
        using var together = Session(Dropout);

        new TrainStep(apart, new HingeLoss(), () => Batch(1)).Run();
        new TrainStep(together, new HingeLoss(), () => Batch(1)) { FakesAtOnce = 8 }.Run();

        foreach (var (expected, actual) in apart.AllTensors().Zip(together.AllTensors()))
            Assert.Equal(expected.Tensor.ToArray<float>(), actual.Tensor.ToArray<float>());
    }

    [Fact]
    public void GeneratorUpdate_GivesTheDiscriminatorNoGradients()
    {
        using var session = Session();
        Dictionary<string, float[]> before = [];
        var loss = new WatchedLoss
        {
            OnGenerator = () =>
            {
                Assert.All(session.Discriminator.Parameters(), static p => Assert.False(p.RequiresGrad));
                Assert.All(session.Generator.Parameters(), static p => Assert.True(p.RequiresGrad));
                before = Gradients(session.Discriminator);
            },
        };

        new TrainStep(session, loss, () => Batch(1)).Run();

        Assert.NotEmpty(before);
        foreach (var (name, gradient) in Gradients(session.Discriminator))
            Assert.Equal(before[name], gradient);
        Assert.Contains(Gradients(session.Generator).Values, static g => g.Any(static x => x != 0));
    }

    [Fact]
    public void DiscriminatorUpdate_LeadsNoGraphIntoTheGenerator()
    {
        using var session = Session();
        var looks = 0;
        var loss = new WatchedLoss
        {
            OnFake = () =>
            {
                looks++;
                Assert.All(session.Generator.Parameters(), static p => Assert.False(p.RequiresGrad));
                Assert.All(session.Generator.Parameters(), static p => Assert.Null(p.Grad));
            },
        };

        new TrainStep(session, loss, () => Batch(1)).Run();

        Assert.Equal(2, looks);
    }

    [Fact]
    public void DiscriminatorUpdate_PassesRealsAndFakesAtOnce()
    {
        // Where every pass iterates, the vectors of spectral norm count the passes.
        using var session = Session("training.discriminator_steps=1");
        using var twin = Session("training.discriminator_steps=1");
        var real = Batch(1);
        float[]? after = null;
        var loss = new WatchedLoss { OnFake = () => after ??= Vector(session.Discriminator) };

        new TrainStep(session, loss, () => real) { IteratesEveryPass = true }.Run();
        twin.Discriminator.Discriminate(real.Images, real.Classes);

        Assert.Equal(Vector(twin.Discriminator), after!);
    }

    [Fact]
    public void SpectralNorm_OfTheGenerator_IteratesOnceAStep()
    {
        using var session = Session();
        using var twin = Session();
        using var every = Session();

        new TrainStep(session, new HingeLoss(), () => Batch(1)).Run();
        new TrainStep(every, new HingeLoss(), () => Batch(1)) { IteratesEveryPass = true }.Run();
        var input = twin.DrawInput(4);
        twin.Generator.Generate(input.Latent, input.Classes);

        // The starting weights, which both passed: the update came after.
        Assert.Equal(Vector(twin.Generator), Vector(session.Generator));
        Assert.NotEqual(Vector(every.Generator), Vector(session.Generator));
    }

    [Fact]
    public void BFloat16_FollowsFloat32()
    {
        const string OneUpdate = "training.discriminator_steps=1";
        using var exact = Session(Precision.Float32, OneUpdate);
        using var cast = Session(Precision.BFloat16, OneUpdate);

        // From the same weights: eight bits of mantissa in sums of a few dozen terms.
        var (one, other) = (Run(exact, 0), Run(cast, 0));
        Assert.Equal(one.LossDiscriminator, other.LossDiscriminator, 0.01 * one.LossDiscriminator);
        Assert.NotEqual(one.LossDiscriminator, other.LossDiscriminator);
        Assert.InRange(Cosine(exact.Discriminator, cast.Discriminator), 0.99, 1.001);
        // Adam's first steps are signs: where a gradient is all but zero, rounding decides a whole step.
        for (var k = 1; k < 4; k++)
            Assert.Equal(Run(exact, k).LossDiscriminator, Run(cast, k).LossDiscriminator, 0.25);

        Assert.All(cast.AllTensors(), static t => Assert.Equal(DType.Float32, t.Tensor.DType));

        static StepResult Run(GanSession session, int k) =>
            new TrainStep(session, new HingeLoss(), () => Batch((ulong)k)).Run();
    }

    [Fact]
    public void BFloat16_KeepsImagesLogitsAndStatisticsInFloat32()
    {
        using var session = Session(Precision.BFloat16);
        using var cast = session.Policy.Enter();
        var input = session.DrawInput(4);

        var images = session.Generator.Generate(input.Latent, input.Classes);
        var output = session.Discriminator.Discriminate(images, input.Classes);

        Assert.Equal(DType.Float32, images.DType);
        Assert.Equal(DType.Float32, output.Logits.DType);
        Assert.Equal(DType.Float32, output.Features.DType);
        Assert.All(session.Generator.NamedBuffers(), static b => Assert.Equal(DType.Float32, b.Tensor.DType));
    }

    [Fact]
    public void Float16OnTheProcessor_IsRefusedWithAWayOut()
    {
        var error = Assert.Throws<AtelierException>(
            () => PrecisionSelector.Settle(Training.Recipes.TrainingPrecision.Float16));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("Use bf16", error.Message, StringComparison.Ordinal);
    }

    private static GanSession Session(params string[] set) => Session(Precision.Float32, set);

    private static GanSession Session(Precision precision, params string[] set)
    {
        var recipe = TinyRun.RecipeOf(set).Recipe;
        return new GanSession(GanBlueprint.Of(recipe.Model, 1, 32, 3), recipe.Training, precision);
    }

    private static float[] Vector(Module network) => network.NamedBuffers()
        .First(static b => b.Name.EndsWith(".u", StringComparison.Ordinal)).Tensor.ToArray<float>();

    private static Dictionary<string, float[]> Gradients(Module module) =>
        module.NamedParameters()
            .Where(static p => p.Tensor.Grad is not null)
            .ToDictionary(static p => p.Name, static p => p.Tensor.Grad!.Contiguous().ToArray<float>());

    /// <summary>Of the angle between all gradients of two networks.</summary>
    private static double Cosine(Module one, Module other)
    {
        double[] a = [.. Gradients(one).Values.SelectMany(static g => g).Select(static x => (double)x)];
        double[] b = [.. Gradients(other).Values.SelectMany(static g => g).Select(static x => (double)x)];
        var product = a.Zip(b, static (x, y) => x * y).Sum();
        return product / Math.Sqrt(a.Sum(static x => x * x) * b.Sum(static x => x * x));
    }

    private static RealBatch Batch(ulong seed)
    {
        using var random = new Generator(Device.Cpu, seed);
        return new RealBatch(
            Tensor.Randn([4, 1, 32, 32], random), Aten.Randint(0, 3, [4], random, DType.Int64));
    }

    /// <summary>The hinge loss, telling when each half is asked for.</summary>
    private sealed class WatchedLoss : IAdversarialLoss
    {
        private readonly HingeLoss hinge = new();

        public Action? OnFake { get; init; }

        public Action? OnGenerator { get; init; }

        public string Name => hinge.Name;

        public Tensor DiscriminatorOnReal(Tensor logits) => hinge.DiscriminatorOnReal(logits);

        public Tensor DiscriminatorOnFake(Tensor logits)
        {
            OnFake?.Invoke();
            return hinge.DiscriminatorOnFake(logits);
        }

        public Tensor Generator(Tensor logits)
        {
            OnGenerator?.Invoke();
            return hinge.Generator(logits);
        }
    }
}
