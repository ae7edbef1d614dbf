using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// A generator out of a model file, ready to draw: images as bytes, batch by batch, from seeds.
/// </summary>
public sealed class GeneratorSession : IDisposable
{
    private const int BatchSize = 64;
    private const ulong StatisticsSeed = 7;

    /// <summary>Opens a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trained">Take the generator as it was trained, not its average.</param>
    /// <exception cref="AtelierException">Missing, damaged, or not a generator's file.</exception>
    public GeneratorSession(string path, bool trained = false)
    {
        (Generator, Card) = trained ? ModelFile.ReadTrained(path) : ModelFile.Read(path);
        try
        {
            ByTruncation = TruncationStatistics.Of(path, Generator);
            if (ByTruncation is not null) Generator.Truncation = LatentTruncation.Scale;
        }
        catch
        {
            Generator.Dispose();
            throw;
        }
    }

    /// <summary>The generator, in evaluation mode.</summary>
    public GeneratorNetwork Generator { get; }

    /// <summary>What its file says of it.</summary>
    public ModelCard Card { get; }

    /// <summary>
    /// Running statistics gathered beforehand at several truncations; null where sampling gathers its own.
    /// </summary>
    public TruncationStatistics? ByTruncation { get; }

    /// <summary>
    /// Gathers standing statistics at a truncation, or picks those that the model has for it; without this
    /// call the stored running ones are used.
    /// </summary>
    /// <param name="threshold">The truncation that will be sampled at; null for none.</param>
    public void GatherStatistics(double? threshold)
    {
        if (ByTruncation is null)
            StandingStatistics.Gather(Generator, Card.StandingStatistics, threshold, StatisticsSeed);
        else ByTruncation.Install(Generator, threshold ?? 1);
    }

    /// <summary>Draws images of given classes.</summary>
    /// <param name="classes">Class ids.</param>
    /// <param name="threshold">Truncation; null for none.</param>
    /// <param name="random">Latents come from here.</param>
    /// <returns>Bytes [N, C, R, R], row-major.</returns>
    /// <exception cref="AtelierException">A class id that the model does not have.</exception>
    public byte[] Draw(IReadOnlyList<int> classes, double? threshold, Generator random)
    {
        CheckClasses(classes.Select(static c => (long)c));
        using var scope = new TensorScope();
        return Render(Generator.DrawLatent(classes.Count, threshold, random), classes);
    }

    /// <summary>Draws a row of pictures between two latents of each class.</summary>
    /// <param name="classes">Class ids, one row each.</param>
    /// <param name="steps">Pictures of a row, at least 2.</param>
    /// <param name="threshold">Truncation of both ends; null for none.</param>
    /// <param name="random">Latents come from here.</param>
    /// <returns>Bytes [rows * steps, C, R, R], row-major.</returns>
    public byte[] DrawInterpolation(
        IReadOnlyList<int> classes, int steps, double? threshold, Generator random)
    {
        CheckClasses(classes.Select(static c => (long)c));
        using var scope = new TensorScope();
        var from = Generator.DrawLatent(classes.Count, threshold, random).Unsqueeze(1);
        var to = Generator.DrawLatent(classes.Count, threshold, random).Unsqueeze(1);
        var share = Aten.Linspace(0, 1, steps).Reshape([1, -1, 1]);
        // [rows * steps, Z]
        var latent = (from * (1 - share) + to * share).Reshape([-1, Generator.LatentSize]);
        return Render(latent, [.. classes.SelectMany(c => Enumerable.Repeat(c, steps))]);
    }

    /// <summary>Fails when a class id is not one of the model's.</summary>
    /// <exception cref="AtelierException">It is not.</exception>
    public void CheckClasses(IEnumerable<long> classes) => ClassCheck.Require(Card, classes);

    /// <inheritdoc/>
    public void Dispose()
    {
        ByTruncation?.Dispose();
        Generator.Dispose();
    }

    private byte[] Render(Tensor latent, IReadOnlyList<int> classes)
    {
        using var noGrad = new NoGradScope();
        var imageBytes = Generator.ImageChannels * Generator.Resolution * Generator.Resolution;
        var bytes = new byte[checked(classes.Count * imageBytes)];
        for (var start = 0; start < classes.Count; start += BatchSize)
        {
            using var scope = new TensorScope();
            var count = Math.Min(BatchSize, classes.Count - start);
            var ids = new long[count];
            for (var k = 0; k < count; k++) ids[k] = classes[start + k];
            var images = Generator.Generate(
                latent.Narrow(0, start, count), Tensor.FromArray<long>(ids, count));
            PixelRange.ToBytes(images).CopyTo(bytes.AsSpan(start * imageBytes, count * imageBytes));
        }

        return bytes;
    }
}
