using Atelier.Data;
using Atelier.Nn;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;

namespace Atelier.Training.Monitors;

/// <summary>Looks at both networks of a session and changes nothing of it.</summary>
public sealed class NetworkMonitor : IDisposable
{
    private const int LeastChunk = 16;

    private readonly GanSession session;
    private readonly WeightSpectra generator;
    private readonly WeightSpectra discriminator;
    private readonly GameProbe game;

    /// <summary>Prepares the looks.</summary>
    /// <param name="session">The networks.</param>
    /// <param name="training">Images that D trains on.</param>
    /// <param name="heldOut">Images that it never sees; null for none.</param>
    /// <param name="settings">How many images to show D.</param>
    public NetworkMonitor(
        GanSession session, DatasetView training, DatasetView? heldOut, MonitorSettings settings)
    {
        this.session = session;
        // Even, for pairs of images stay together; without gradients it takes less memory than a step.
        var chunk = Math.Max(LeastChunk, session.Settings.BatchSize / 2 * 2);
        game = new GameProbe(
            session.Generator, session.Discriminator, session.Policy,
            new ProbeImages(training, settings.Images),
            heldOut is { Count: >= 2 } ? new ProbeImages(heldOut, settings.Images) : null, chunk);
        generator = new WeightSpectra(session.Generator);
        discriminator = new WeightSpectra(session.Discriminator);
    }

    /// <summary>Looks once.</summary>
    /// <param name="lossDiscriminator">Mean over the steps since the look before.</param>
    public MonitorReading Look(double lossDiscriminator) => new()
    {
        Step = session.Step,
        LossDiscriminator = lossDiscriminator,
        GeneratorSpectra = generator.Measure(),
        DiscriminatorSpectra = discriminator.Measure(),
        GeneratorNorms = NetworkNorms.Of(session.Generator),
        DiscriminatorNorms = NetworkNorms.Of(session.Discriminator),
        Game = game.Look(),
    };

    /// <summary>What the next look begins with; part of a checkpoint.</summary>
    public IEnumerable<NamedTensor> State() =>
        Named("generator", generator).Concat(Named("discriminator", discriminator));

    /// <inheritdoc/>
    public void Dispose()
    {
        generator.Dispose();
        discriminator.Dispose();
    }

    private static IEnumerable<NamedTensor> Named(string network, WeightSpectra spectra) =>
        spectra.State().Select(s => new NamedTensor($"{network}.{s.Name}", s.Tensor));
}
