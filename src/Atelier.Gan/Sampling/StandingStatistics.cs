using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// Replaces a generator's running BatchNorm statistics by ones pooled over many passes with fresh latents, so
/// that a sample does not depend on its batch. They depend on the truncation: gather them at the one that is
/// sampled at.
/// </summary>
public static class StandingStatistics
{
    /// <summary>The seed that sampling, scores and model files gather with.</summary>
    public const ulong Seed = 7;

    /// <summary>Gathers and installs the statistics; the generator ends in evaluation mode.</summary>
    /// <param name="generator">Its running statistics are overwritten.</param>
    /// <param name="options">Passes and their size.</param>
    /// <param name="threshold">Truncation of the latents; null for none.</param>
    /// <param name="seed">The same seed gives the same statistics.</param>
    /// <param name="cancel">Stops between passes; the generator is then of no use.</param>
    public static void Gather(
        GeneratorNetwork generator, StandingStatisticsOptions options, double? threshold, ulong seed = Seed,
        CancellationToken cancel = default)
    {
        var layers = generator.Modules().Select(static m => m.Module).OfType<IBatchStatistics>().ToList();
        using var random = new Generator(Device.Cpu, seed);
        using var noGrad = new NoGradScope();
        var device = generator.Parameters()[0].Device;
        generator.Train();
        // Spectral norm must not advance here: sampling would change the weights that are sampled.
        foreach (var (_, module) in generator.Modules())
            if (module is SpectralNorm norm)
                norm.Train(false);
        foreach (var layer in layers) layer.BeginStandingStatistics();
        for (var k = 0; k < options.Batches; k++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            var latent = generator.DrawLatents(options.BatchSize, threshold, random);
            // Every class equally often, whatever the batch size.
            var classes = Aten.Arange(k * options.BatchSize, (k + 1) * options.BatchSize, 1, DType.Int64)
                .Remainder(generator.ClassCount);
            generator.Generate(latent.Send(device), classes.Send(device));
        }

        foreach (var layer in layers) layer.EndStandingStatistics();
        generator.Train(false);
    }
}
