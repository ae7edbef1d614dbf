using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The Fréchet distance within each class, and its mean over classes (intra-class FID; Miyato and Koyama
/// 2018, arXiv:1802.05637, section 5.1). It sees what the plain distance cannot: images of the wrong class.
/// </summary>
public static class IntraClassDistance
{
    /// <summary>Distances by class id.</summary>
    /// <param name="real">[N, D], floating point.</param>
    /// <param name="realClasses">[N].</param>
    /// <param name="fake">[M, D], floating point.</param>
    /// <param name="fakeClasses">[M].</param>
    /// <param name="warn">Takes the sentence that classes have fewer samples than there are
    /// dimensions.</param>
    /// <returns>One distance for each class, by rising id.</returns>
    /// <exception cref="AtelierException">
    /// Other shapes (Dataset), or a class that has fewer than two samples on one side (Dataset).
    /// </exception>
    public static IReadOnlyDictionary<long, double> Compute(
        Tensor real, ReadOnlySpan<long> realClasses, Tensor fake, ReadOnlySpan<long> fakeClasses,
        Action<string>? warn = null)
    {
        FeatureBlocks.CheckPair(real, fake);
        var realRows = RowsByClass(real, realClasses, "real");
        var fakeRows = RowsByClass(fake, fakeClasses, "generated");
        if (!realRows.Keys.SequenceEqual(fakeRows.Keys))
        {
            var alone = realRows.Keys.Except(fakeRows.Keys).Concat(fakeRows.Keys.Except(realRows.Keys));
            throw new AtelierException(
                FailureKind.Dataset,
                $"The classes {string.Join(", ", alone.Order().Take(10))} are on one side only; a distance "
                + "within a class needs real and generated images of it.");
        }

        var smallest = realRows.Values.Concat(fakeRows.Values).Min(static rows => rows.Count);
        if (smallest <= real.Size(1))
            warn?.Invoke(
                $"The smallest class has {smallest} samples on one side, in {real.Size(1)} dimensions: with "
                + "fewer samples than dimensions the distance within a class is exact but strongly biased "
                + "upwards. Use more images.");
        return realRows.ToDictionary(
            pair => pair.Key,
            pair => FrechetDistance.Compute(
                Moments(real, pair.Value, pair.Key), Moments(fake, fakeRows[pair.Key], pair.Key)));
    }

    private static SortedDictionary<long, List<long>> RowsByClass(
        Tensor features, ReadOnlySpan<long> ids, string side)
    {
        if (ids.Length != features.Size(0))
            throw new AtelierException(
                FailureKind.Usage,
                $"There are {ids.Length} classes for {features.Size(0)} {side} samples; expected one each.");
        var rows = new SortedDictionary<long, List<long>>();
        for (var k = 0; k < ids.Length; k++)
        {
            if (!rows.TryGetValue(ids[k], out var list)) rows.Add(ids[k], list = []);
            list.Add(k);
        }

        return rows;
    }

    private static FeatureMoments Moments(Tensor features, List<long> rows, long id)
    {
        if (rows.Count < 2)
            throw new AtelierException(
                FailureKind.Dataset,
                $"Class {id} has {rows.Count} sample on one side; a covariance needs at least 2, better "
                + "thousands.");
        using var scope = new TensorScope();
        return FeatureStatistics.Of(
            features.IndexSelect(0, Tensor.FromArray<long>([.. rows], rows.Count)));
    }
}
