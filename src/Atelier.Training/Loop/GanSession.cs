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

    /// <summary>Builds fresh networks and optimisers.</summary>
    public GanSession(GanBlueprint blueprint, TrainingSettings settings, Precision precision)
    {
        Blueprint = blueprint;
        Settings = settings;
        Policy = new PrecisionPolicy(precision, DeviceType.Cpu);
        using var weights = new Generator(Device.Cpu, (ulong)settings.Seed ^ WeightStream);
        Generator = blueprint.Family.CreateGenerator(blueprint.OptionsJson, weights);
        Discriminator = blueprint.Family.CreateDiscriminator(blueprint.OptionsJson, weights);
        Average = blueprint.Family.CreateGenerator(blueprint.OptionsJson, weights);
        Average.Train(false);
        Ema = new ExponentialMovingAverage(Generator, Average);
        GeneratorOptimizer = new Adam(Generator.NamedParameters(), settings.Generator);
        DiscriminatorOptimizer = new Adam(Discriminator.NamedParameters(), settings.Discriminator);
        Random = new Generator(Device.Cpu, (ulong)settings.Seed ^ LatentStream);
    }

    /// <summary>What the networks were built from.</summary>
    public GanBlueprint Blueprint { get; }

    /// <summary>How they are optimised.</summary>
    public TrainingSettings Settings { get; }

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

    /// <summary>Latents and classes of generated images.</summary>
    public Generator Random { get; }

    /// <summary>Steps finished.</summary>
    public long Step { get; set; }

    /// <summary>Every tensor that decides the future of the run, by name.</summary>
    public IEnumerable<NamedTensor> AllTensors() =>
        Named("generator", Generator.State())
            .Concat(Named("ema", Average.State()))
            .Concat(Named("discriminator", Discriminator.State()))
            .Concat(Named("optimizer-generator", GeneratorOptimizer.State()))
            .Concat(Named("optimizer-discriminator", DiscriminatorOptimizer.State()));

    /// <inheritdoc/>
    public void Dispose()
    {
        Generator.Dispose();
        Average.Dispose();
        Discriminator.Dispose();
        GeneratorOptimizer.Dispose();
        DiscriminatorOptimizer.Dispose();
        Random.Dispose();
    }

    private static IEnumerable<NamedTensor> Named(string owner, IEnumerable<NamedTensor> tensors) =>
        tensors.Select(t => new NamedTensor(owner + "." + t.Name, t.Tensor));
}
