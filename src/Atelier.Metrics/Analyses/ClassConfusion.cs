using System.Globalization;

namespace Atelier.Metrics;

/// <summary>
/// Which class a classifier sees in images of which class: a table of counts, from which class leakage (Brock
/// et al., arXiv:1809.11096, section 4.2 and figure 4b) is read.
/// </summary>
public sealed class ClassConfusion
{
    private readonly long[] counts;

    /// <summary>Starts with no images.</summary>
    /// <param name="classCount">K, at least 1.</param>
    public ClassConfusion(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ClassCount = classCount;
        counts = new long[checked(classCount * classCount)];
    }

    /// <summary>K.</summary>
    public int ClassCount { get; }

    /// <summary>Images so far.</summary>
    public long Count => counts.Sum();

    /// <summary>The share of all images that are seen as another class, 0 to 1; 0 when there are
    /// none.</summary>
    public double Leak => Count == 0 ? 0 : 1 - (Enumerable.Range(0, ClassCount).Sum(k => this[k, k]) /
        (double)Count);

    /// <summary>Images of a class that are seen as a class.</summary>
    public long this[int asked, int seen] => counts[(asked * ClassCount) + seen];

    /// <summary>Adds images.</summary>
    /// <param name="asked">The class of each [N].</param>
    /// <param name="logits">Logits [N, K], row-major.</param>
    /// <exception cref="AtelierException">A class that the classifier does not know (Usage), or no K logits
    /// for each image (Bug).</exception>
    public void Add(ReadOnlySpan<long> asked, ReadOnlySpan<float> logits)
    {
        if (logits.Length != (long)asked.Length * ClassCount)
            throw new AtelierException(
                FailureKind.Bug,
                $"{logits.Length} logits came for {asked.Length} images of {ClassCount} classes.");
        for (var n = 0; n < asked.Length; n++)
        {
            if (asked[n] < 0 || asked[n] >= ClassCount)
                throw new AtelierException(
                    FailureKind.Usage,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Class {asked[n]} was asked for, but the backbone knows classes 0 to ") +
                    $"{ClassCount - 1}. Use a backbone that was trained on this dataset.");
            counts[(asked[n] * ClassCount) + TopClass.Of(logits.Slice(n * ClassCount, ClassCount))]++;
        }
    }

    /// <summary>Images of a class.</summary>
    public long CountOf(int asked) => Enumerable.Range(0, ClassCount).Sum(seen => this[asked, seen]);

    /// <summary>The share of a class's images that are seen as another class, 0 to 1; 0 when there are
    /// none.</summary>
    public double LeakOf(int asked)
    {
        var count = CountOf(asked);
        return count == 0 ? 0 : 1 - (this[asked, asked] / (double)count);
    }

    /// <summary>The pairs of classes with most leakage, the largest share first.</summary>
    /// <param name="most">How many at most; pairs without leakage are left out.</param>
    public IReadOnlyList<ClassLeak> Worst(int most) =>
    [
        .. Enumerable.Range(0, ClassCount)
            .SelectMany(asked => Enumerable.Range(0, ClassCount).Where(seen => seen != asked)
                .Select(seen => new ClassLeak(
                    asked, seen, this[asked, seen], this[asked, seen] / (double)Math.Max(1, CountOf(asked)))))
            .Where(static leak => leak.Count > 0)
            .OrderByDescending(static leak => leak.Share)
            .Take(most),
    ];
}
