using Atelier.Gan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

/// <summary>Regularisers, latent laws and dropout in a step, and over a kill.</summary>
public sealed class RegularisedTrainingTests : TensorTest
{
    private const string Regularisation = "training.regularisation.";

    private static readonly string[] Everything =
    [
        "training.steps=14", "loss_margin=0.8", "model.latent.name=annealed_normal",
        Regularisation + "orthogonal.generator=1e-3", Regularisation + "orthogonal.form=full",
        Regularisation + "orthogonal.discriminator=1e-3",
        Regularisation + "r1.gamma=0.5", Regularisation + "r1.interval=3",
        Regularisation + "dropout_keep=0.8",
        Regularisation + "singular_values.mode=clamp", Regularisation + "singular_values.ratio=1.1",
    ];

    [Fact]
    public void Run_WithAllOfThem_KilledAndResumedEndsInTheSameBits()
    {
        using var run = new TinyRun();
        string straight;
        using (var loop = run.Loop(new ScriptedObserver(), Everything, resumes: false))
        {
            loop.Run();
            straight = TinyRun.Fingerprint(loop);
        }

        using var killed = new TinyRun();
        foreach (var at in new[] { 8, 11 })
        {
            using var loop = killed.Loop(
                new ScriptedObserver(now =>
                {
                    if (now == at) throw new AbandonedException();
                }), Everything);
            Assert.Throws<AbandonedException>(() => { loop.Run(); });
        }

        var observer = new ScriptedObserver();
        using var last = killed.Loop(observer, Everything);
        last.Run();
        Assert.Equal(7, observer.StartStep);
        Assert.Equal(straight, TinyRun.Fingerprint(last));
        Assert.Contains(last.Session.AllTensors(), t => t.Name == "regularisation.left.stem.weight");
        // The annealed law has come to its end, and the file of the average says so.
        var model = run.Checkpoints.LoadLatest()!.PathOf(SessionCheckpoint.AverageFile);
        using var session = new GeneratorSession(model);
        Assert.Equal(LatentOptions.Normal, session.Generator.Latent.Options);
    }

    [Fact]
    public void Clamp_SwitchedOnAtResume_BeginsAfresh()
    {
        using var run = new TinyRun();
        using (var first = run.Loop(new ScriptedObserver(), ["training.steps=7"])) first.Run();

        var observer = new ScriptedObserver();
        using var loop = run.Loop(observer, Everything);
        loop.Run();

        Assert.Equal(7, observer.StartStep);
        Assert.Equal(14, loop.Session.Step);
    }

    [Theory]
    [InlineData("bernoulli")]
    [InlineData("normal_and_bernoulli")]
    public void Step_OfAnotherLaw_DrawsFromItAndTellsTheAverage(string name)
    {
        using var session = Session($"model.latent.name={name}");

        Step(session, 1);

        Assert.Equal(name, session.Generator.Latent.Options.Name);
        Assert.Equal(name, session.Average.Latent.Options.Name);
        using var sampler = new AverageSampler(
            session.Blueprint, new StandingStatisticsOptions(2, 4), ["a", "b", "c"]);
        Assert.Equal(name, sampler.At(session).Latent.Options.Name);
    }

    [Fact]
    public void Step_WithR1EveryThirdUpdate_DiffersFromOneWithoutInThatUpdateOnly()
    {
        using var plain = Session("training.discriminator_steps=1");
        using var lazy = Session(
            "training.discriminator_steps=1",
            Regularisation + "r1.gamma=10", Regularisation + "r1.interval=3");

        foreach (var isDue in new[] { true, false, false, true })
        {
            lazy.Discriminator.CopyStateFrom(plain.Discriminator);
            lazy.Generator.CopyStateFrom(plain.Generator);
            var before = Step(plain, 3);
            var after = Step(lazy, 3);
            var apart = before.Max(g => MaxDifference(g.Value, after[g.Key]));
            Assert.True(isDue ? apart > 1e-3 : apart == 0, $"due {isDue}, apart {apart}");
        }
    }

    [Fact]
    public void Step_WithR1InBFloat16_IsFinite()
    {
        var recipe = TinyRun.RecipeOf(Regularisation + "r1.gamma=1").Recipe;
        using var session = new GanSession(
            GanBlueprint.Of(recipe.Model, 1, 32, 3), recipe.Training, Precision.BFloat16);

        var gradients = Step(session, 3);

        Assert.All(gradients.Values, static g => Assert.True(double.IsFinite(g.Sum().Item())));
    }

    [Fact]
    public void Discriminator_WithDropout_DropsInTrainingOnly()
    {
        using var session = Session(Regularisation + "dropout_keep=0.5");
        var (images, classes) = Batch(2);
        using var noGrad = new NoGradScope();

        session.Discriminator.Train(false);
        var settled = Judge();
        Assert.Equal(0, MaxDifference(settled, Judge()));
        session.Discriminator.Train();
        Assert.NotEqual(0, MaxDifference(Judge(), Judge()));

        Tensor Judge() => session.Discriminator.Discriminate(images, classes).Logits;
    }

    private static GanSession Session(params string[] set)
    {
        var recipe = TinyRun.RecipeOf(set).Recipe;
        return new GanSession(
            GanBlueprint.Of(recipe.Model, 1, 32, 3), recipe.Training, Precision.Float32);
    }

    /// <summary>Takes a step and gives D's gradients of its last update.</summary>
    private static Dictionary<string, Tensor> Step(GanSession session, ulong seed)
    {
        new TrainStep(session, new HingeLoss(), () => Batch(seed)).Run();
        return session.Discriminator.NamedParameters()
            .ToDictionary(static p => p.Name, static p => p.Tensor.Grad!.Clone());
    }

    private static RealBatch Batch(ulong seed)
    {
        using var random = new Generator(Device.Cpu, seed);
        return new RealBatch(
            Tensor.Randn([4, 1, 32, 32], random), Aten.Randint(0, 3, [4], random, DType.Int64));
    }
}
