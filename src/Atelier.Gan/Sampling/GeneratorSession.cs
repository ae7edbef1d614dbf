using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// A generator out of a model file, ready to draw: images as bytes, batch by batch, from seeds.
/// </summary>
public sealed class GeneratorSession : IDisposable
{
    private const int BatchSize = 64;
    private Gathered? gathered;

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
            if (ByTruncation is not null) Generator.Latent = new ScaledNormalLatent();
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
    /// Gathers standing statistics at a truncation, or takes those that the model has for it; without this
    /// call the stored running ones are used.
    /// </summary>
    /// <param name="threshold">The truncation that will be sampled at; null for none.</param>
    public void GatherStatistics(double? threshold)
    {
        if (ByTruncation is not null) ByTruncation.Install(Generator, threshold ?? 1);
        else if (gathered is not null || threshold is not null || !Card.HasStandingStatistics)
            StandingStatistics.Gather(Generator, Card.StandingStatistics, threshold);
        gathered = new Gathered(threshold);
    }

    /// <summary>
    /// Draws latents. Where standing statistics are in use and were gathered at another truncation, they are
    /// gathered anew: at the wrong one the pictures come out wrong, and nothing else would tell.
    /// </summary>
    /// <param name="count">N.</param>
    /// <param name="threshold">Truncation; null for none.</param>
    /// <param name="random">The random numbers.</param>
    /// <returns>[N, Z], float32.</returns>
    public Tensor DrawLatents(long count, double? threshold, Generator random)
    {
        if (gathered is { } at && at.Threshold != threshold) GatherStatistics(threshold);
        return Generator.DrawLatents(count, threshold, random);
    }

    /// <summary>Draws images of given classes.</summary>
    /// <param name="classes">Class ids.</param>
    /// <param name="threshold">Truncation; null for none.</param>
    /// <param name="random">Latents come from here.</param>
    /// <returns>Bytes [N, C, H, W], row-major.</returns>
    /// <exception cref="AtelierException">A class id that the model does not have.</exception>
    public byte[] Draw(IReadOnlyList<int> classes, double? threshold, Generator random)
    {
        CheckClasses(classes.Select(static c => (long)c));
        using var scope = new TensorScope();
        return Render(DrawLatents(classes.Count, threshold, random), classes);
    }

    /// <summary>Draws a row of pictures for each pair of ends.</summary>
    /// <param name="plan">What changes along a row, and how.</param>
    /// <param name="steps">Pictures of a row, at least 2; the first and the last are the ends.</param>
    /// <param name="random">Latents come from here: the same ones, however many steps there are.</param>
    /// <returns>Bytes [rows * steps, C, H, W], row-major.</returns>
    /// <exception cref="AtelierException">A class id that the model does not have, or an architecture that
    /// cannot go between classes (Usage).</exception>
    public byte[] DrawInterpolation(InterpolationPlan plan, int steps, Generator random)
    {
        CheckClasses(plan.Rows.SelectMany(static r => (long[])[r.From, r.To]));
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var shares = Enumerable.Range(0, steps).Select(k => k / (double)(steps - 1)).ToList();
        var from = DrawLatents(plan.Rows.Count, plan.Threshold, random);
        var to = plan.MovesLatent
            ? DrawLatents(plan.Rows.Count, plan.Threshold, random)
            : from;
        var latent = Interpolation.Between(from, to, shares, plan.Path);            // [rows * steps, Z]
        if (!plan.MovesClass)
            return Render(latent, [.. plan.Rows.SelectMany(r => Enumerable.Repeat(r.From, steps))]);
        var classes = Interpolation.Between(
            Embed(plan.Rows.Select(static r => r.From)), Embed(plan.Rows.Select(static r => r.To)), shares,
            InterpolationPath.Linear);                                              // [rows * steps, S]
        return Render(plan.Rows.Count * steps, (start, count) => Generator.GenerateFromEmbedding(
            latent.Narrow(0, start, count), classes.Narrow(0, start, count)));
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

    private Tensor Embed(IEnumerable<int> classes)
    {
        var ids = classes.Select(static c => (long)c).ToArray();
        return Generator.EmbedClasses(Tensor.FromArray<long>(ids, ids.Length)) ?? throw new AtelierException(
            FailureKind.Usage,
            $"The architecture '{Card.Family}' knows classes by their numbers only, so there is nothing " +
            "between two of them. Go between latents of one class instead.");
    }

    private byte[] Render(Tensor latent, IReadOnlyList<int> classes) =>
        Render(classes.Count, (start, count) =>
        {
            var ids = new long[count];
            for (var k = 0; k < count; k++) ids[k] = classes[start + k];
            return Generator.Generate(
                latent.Narrow(0, start, count), Tensor.FromArray<long>(ids, count));
        });

    /// <summary>Images as bytes, a batch at a time: one picture may ask for thousands.</summary>
    private byte[] Render(int total, Func<int, int, Tensor> generate)
    {
        using var noGrad = new NoGradScope();
        var imageBytes = Generator.ImageBytes;
        var bytes = new byte[checked(total * imageBytes)];
        for (var start = 0; start < total; start += BatchSize)
        {
            using var scope = new TensorScope();
            var count = Math.Min(BatchSize, total - start);
            PixelRange.ToBytes(generate(start, count))
                .CopyTo(bytes.AsSpan(start * imageBytes, count * imageBytes));
        }

        return bytes;
    }

    /// <summary>Where the statistics in use were gathered.</summary>
    private readonly record struct Gathered(double? Threshold);
}
