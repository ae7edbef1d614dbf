using System.Globalization;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// Running statistics that were gathered beforehand at evenly spaced truncations 0, 1/(n-1), …, 1, as the
/// published BigGAN-deep weights have them (51 sets). Between two sets the statistics are interpolated
/// linearly, the nearer set with the larger weight.
/// </summary>
public sealed class TruncationStatistics : IDisposable
{
    private readonly IReadOnlyDictionary<string, Tensor> sets;

    private TruncationStatistics(IReadOnlyDictionary<string, Tensor> sets) => this.sets = sets;

    /// <summary>The statistics of a model file, or null where it has none.</summary>
    /// <exception cref="AtelierException">They are not those of its generator (Checkpoint).</exception>
    public static TruncationStatistics? Of(string path, GeneratorNetwork generator)
    {
        using var scope = new TensorScope();
        var sets = ModelFile.ReadTruncationSets(path);
        if (sets.Count == 0) return null;
        var buffers = generator.NamedBuffers().ToDictionary(static b => b.Name, static b => b.Tensor);
        var count = sets.Values.First().Shape[0];
        foreach (var (name, set) in sets)
            if (!buffers.TryGetValue(name, out var buffer) || count < 2 ||
                !set.Shape.SequenceEqual([count, .. buffer.Shape]))
                throw ModelMetadata.Damaged(path, $"its statistics by truncation do not fit '{name}'");
        foreach (var set in sets.Values) set.DetachFromScope();
        return new TruncationStatistics(sets);
    }

    /// <summary>Puts the statistics of a truncation into a generator.</summary>
    /// <param name="generator">The generator of the same file.</param>
    /// <param name="truncation">Above 0 and at most 1.</param>
    /// <exception cref="AtelierException">The truncation is outside that range (Usage).</exception>
    public void Install(GeneratorNetwork generator, double truncation)
    {
        if (truncation is not (> 0 and <= 1))
            throw new AtelierException(
                FailureKind.Usage,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The truncation is {truncation}; this model has statistics for 0 to 1, so expected " +
                    $"above 0 and at most 1."));
        using var noGrad = new NoGradScope();
        foreach (var (name, buffer) in generator.NamedBuffers())
        {
            if (!sets.TryGetValue(name, out var set)) continue;
            using var scope = new TensorScope();
            buffer.CopyInPlace(At(set, truncation));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var set in sets.Values) set.Dispose();
    }

    private static Tensor At(Tensor set, double truncation)
    {
        // Rounded, so that 0.58 * 50 is set 29 and not a mixture with rounding error.
        var place = Math.Round(truncation * (set.Size(0) - 1), 9);
        var below = (long)Math.Floor(place);
        var share = place - below;
        return share == 0
            ? set.Select(0, below)
            : set.Select(0, below).Lerp(set.Select(0, below + 1), share);
    }
}
