using Atelier.Gan;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Training.Recipes;

namespace Atelier.Training.Loop;

/// <summary>Everything of a run that changes from step to step, apart from the place in the data.</summary>
public sealed class GanSession : IDisposable
{
    // Streams of random numbers are told apart by these, so that none repeats another.
    private const ulong WeightStream = 0x9E37_79B9_7F4A_7C15;
    private const ulong LatentStream = 0xBF58_476D_1CE4_E5B9;

    private readonly LatentLaw latent;

    /// <summary>Builds fresh networks and optimisers.</summary>
    /// <param name="blueprint">What the networks are built from.</param>
    /// <param name="settings">How they are optimised.</param>
    /// <param name="precision">What the heavy operators run in.</param>
    /// <param name="device">Where they are; null for the processor. The same seed gives the same weights and
    /// latents everywhere, for they are drawn on the host.</param>
    public GanSession(
        GanBlueprint blueprint, TrainingSettings settings, Precision precision, Device? device = null)
    {
        Blueprint = blueprint;
        Settings = settings;
        Device = device ?? Device.Cpu;
        Policy = new PrecisionPolicy(precision, Device.Type);
        using var weights = new Generator(Device.Cpu, (ulong)settings.Seed ^ WeightStream);
        Generator = blueprint.Family.CreateGenerator(blueprint.OptionsJson, weights);
        Discriminator = blueprint.Family.CreateDiscriminator(blueprint.OptionsJson, weights);
        Average = blueprint.Family.CreateGenerator(blueprint.OptionsJson, weights);
        Average.Train(false);
        foreach (var network in new Module[] { Generator, Discriminator, Average }) network.MoveTo(Device);
        Ema = new ExponentialMovingAverage(Generator, Average);
        GeneratorOptimizer = new Adam(Generator.NamedParameters(), settings.Generator);
        DiscriminatorOptimizer = new Adam(Discriminator.NamedParameters(), settings.Discriminator);
        latent = LatentCatalogue.Create(blueprint.Latent);
        Random = new Generator(Device.Cpu, (ulong)settings.Seed ^ LatentStream);
        GeneratorIterations = new PowerIterationGroup(Generator);
        DiscriminatorIterations = new PowerIterationGroup(Discriminator);
        if (precision == Precision.Float16) (GeneratorScaler, DiscriminatorScaler) = (new(), new());
        Regularisation = new Regularisation(settings.Regularisation, Generator, Discriminator, Random);
        Schedule(1);
    }

    /// <summary>What the networks were built from.</summary>
    public GanBlueprint Blueprint { get; }

    /// <summary>How they are optimised.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>Where the networks are.</summary>
    public Device Device { get; }

    /// <summary>What the heavy operators run in.</summary>
    public PrecisionPolicy Policy { get; }

    /// <summary>G, as it is trained.</summary>
    public GeneratorNetwork Generator { get; }

    /// <summary>The moving average of G, as it is sampled.</summary>
    public GeneratorNetwork Average { get; }

    /// <summary>D.</summary>
    public DiscriminatorNetwork Discriminator { get; }

    /// <summary>Moves <see cref="Average"/>.</summary>
    public ExponentialMovingAverage Ema { get; }

    /// <summary>Adam of G.</summary>
    public Adam GeneratorOptimizer { get; }

    /// <summary>Adam of D.</summary>
    public Adam DiscriminatorOptimizer { get; }

    /// <summary>The power iterations of G's spectral norms.</summary>
    public PowerIterationGroup GeneratorIterations { get; }

    /// <summary>The power iterations of D's spectral norms.</summary>
    public PowerIterationGroup DiscriminatorIterations { get; }

    /// <summary>Scales G's loss; null where nothing runs in float16.</summary>
    public GradScaler? GeneratorScaler { get; }

    /// <summary>Scales D's loss; null where nothing runs in float16.</summary>
    public GradScaler? DiscriminatorScaler { get; }

    /// <summary>What is asked of the weights besides winning the game.</summary>
    public Regularisation Regularisation { get; }

    /// <summary>Latents and classes of generated images, and masks of the dropout.</summary>
    public Generator Random { get; }

    /// <summary>Steps finished.</summary>
    public long Step { get; set; }

    /// <summary>Factor on G's learning rate, on top of its schedule; rollbacks lower it.</summary>
    public double GeneratorRateFactor { get; set; } = 1;

    /// <summary>
    /// Sets what follows a schedule for a step: the learning rates and the law of the latents.
    /// </summary>
    /// <param name="step">Counted from 1.</param>
    public void Schedule(long step)
    {
        var factor = Settings.LearningRateFactor(step);
        GeneratorOptimizer.LearningRate = Settings.Generator.LearningRate * factor * GeneratorRateFactor;
        DiscriminatorOptimizer.LearningRate = Settings.Discriminator.LearningRate * factor;
        Generator.Latent = Average.Latent = latent.At(Settings.Progress(step));
    }

    /// <summary>Hands the numbers of a step to the optimisers and the average, before its work.</summary>
    /// <param name="step">Counted from 1.</param>
    public void Prepare(long step)
    {
        Schedule(step);
        GeneratorOptimizer.Prepare();
        DiscriminatorOptimizer.Prepare();
        Ema.Prepare(Settings.Ema.DecayAt(step));
    }

    /// <summary>Latents and classes of so many images, from the session's random numbers.</summary>
    public FakeInput DrawInput(long count)
    {
        using var scope = new TensorScope();
        var classes = Aten.Randint(0, Generator.ClassCount, [count], Random, DType.Int64);
        var latents = Generator.DrawLatents(count, null, Random);
        return new FakeInput(scope.Keep(latents.Send(Device)), scope.Keep(classes.Send(Device)));
    }

    /// <summary>Every tensor that decides the future of the run, by name.</summary>
    public IEnumerable<NamedTensor> AllTensors() =>
        Named("generator", Generator.State())
            .Concat(Named("ema", Average.State()))
            .Concat(Named("discriminator", Discriminator.State()))
            .Concat(Named("optimizer-generator", GeneratorOptimizer.State()))
            .Concat(Named("optimizer-discriminator", DiscriminatorOptimizer.State()))
            .Concat(Named("regularisation", Regularisation.State()));

    /// <inheritdoc/>
    public void Dispose()
    {
        GeneratorIterations.Dispose();
        DiscriminatorIterations.Dispose();
        Generator.Dispose();
        Average.Dispose();
        Discriminator.Dispose();
        GeneratorOptimizer.Dispose();
        DiscriminatorOptimizer.Dispose();
        Ema.Dispose();
        Regularisation.Dispose();
        Random.Dispose();
    }

    private static IEnumerable<NamedTensor> Named(string owner, IEnumerable<NamedTensor> tensors) =>
        tensors.Select(t => new NamedTensor(owner + "." + t.Name, t.Tensor));
}
