using Atelier.Data;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Clusters features by k-means: starts by k-means++ (Arthur and Vassilvitskii 2007), then Lloyd's steps.
/// All runs advance together, so that a pass over the features serves every one of them. Products are
/// float32, everything decided and summed from them is the same on every repetition.
/// </summary>
internal sealed class FeatureClusters
{
    private const int MostSteps = 30;
    private const ulong Purpose = 0xC105;

    private readonly CentredFeatures[] sets;
    private readonly int clusters;
    private readonly int runs;
    private readonly int total;

    // Of run r, cluster k: row r * K + k.
    private readonly float[] centroids;
    private readonly int[][] assigned;

    private FeatureClusters(CentredFeatures[] sets, int clusters, int runs)
    {
        (this.sets, this.clusters, this.runs) = (sets, clusters, runs);
        total = sets.Sum(set => set.Count);
        centroids = new float[runs * clusters * sets[0].Dimension];
        assigned = [.. Enumerable.Range(0, runs).Select(_ => new int[total])];
    }

    /// <summary>Clusters the union of sets.</summary>
    /// <param name="features">[N, D] each, float32.</param>
    /// <param name="clusters">K, at least 1 and at most all samples.</param>
    /// <param name="runs">R, clusterings from different starts.</param>
    /// <param name="seed">Decides the starts.</param>
    /// <param name="step">Called after each pass over the features with how many are done and how many there
    /// are at most; may throw to stop.</param>
    /// <returns>Of each run the cluster of each sample, set after set.</returns>
    public static int[][] Assign(
        IReadOnlyList<Tensor> features, int clusters, int runs, ulong seed,
        Action<int, int>? step)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var centre = Aten.Stack([.. features.Select(f => f.Mean([0]))]).Mean([0]);
        var found = new FeatureClusters(
            [.. features.Select(f => new CentredFeatures(f, centre))], clusters, runs);
        var (done, total) = (0, clusters + MostSteps);
        found.Start(seed, () => step?.Invoke(++done, total));
        while (done < total && found.Step()) step?.Invoke(++done, total);

        return found.assigned;
    }

    /// <summary>The next centroid of each run is a sample drawn by its squared distance to those
    /// chosen.</summary>
    private void Start(ulong seed, Action advance)
    {
        var nearest = new double[runs][];
        for (var r = 0; r < runs; r++)
        {
            nearest[r] = new double[total];
            nearest[r].AsSpan().Fill(1);
        }

        var latest = new float[runs * sets[0].Dimension];
        for (var k = 0; k < clusters; k++)
        {
            for (var r = 0; r < runs; r++)
            {
                var key = SplitMix.Key(seed, Purpose, (ulong)r);
                var share = (SplitMix.At(key, (ulong)k) >> 11) / (double)(1UL << 53);
                var row = Row(Draw(nearest[r], share));
                row.CopyTo(latest.AsSpan(r * row.Length));
                row.CopyTo(centroids.AsSpan(((r * clusters) + k) * row.Length));
            }

            var isFirst = k == 0;
            Visit(latest, runs, (sample, set, n, scores) =>
            {
                for (var r = 0; r < runs; r++)
                {
                    // |x - c|^2 / 2 = |x|^2 / 2 - (x c - |c|^2 / 2)
                    var square = Math.Max(0, ((double)set.High[n] - scores[r]) * 2);
                    if (isFirst || square < nearest[r][sample]) nearest[r][sample] = square;
                }
            });
            advance();
        }
    }

    /// <summary>Assigns every sample and moves the centroids; false when no assignment changed.</summary>
    private bool Step()
    {
        var dimension = sets[0].Dimension;
        var sums = new double[centroids.Length];
        var counts = new int[runs * clusters];
        var hasChanged = false;
        Visit(centroids, runs * clusters, (sample, _, _, scores) =>
        {
            for (var r = 0; r < runs; r++)
            {
                var own = TopClass.Of(scores.Slice(r * clusters, clusters));
                hasChanged |= assigned[r][sample] != own;
                assigned[r][sample] = own;
                counts[(r * clusters) + own]++;
            }
        }, sums);
        if (!hasChanged) return false;
        for (var c = 0; c < counts.Length; c++)
        {
            // A cluster that has lost all its samples stays where it is.
            if (counts[c] == 0) continue;
            for (var k = 0; k < dimension; k++)
                centroids[(c * dimension) + k] = (float)(sums[(c * dimension) + k] / counts[c]);
        }

        return true;
    }

    /// <summary>Shows each sample's x c - |c|^2 / 2 for points c, then adds up samples by cluster where sums
    /// are wanted.</summary>
    private void Visit(float[] points, int count, Look look, double[]? sums = null)
    {
        using var scope = new TensorScope();
        var targets = Tensor.FromArray<float>(points, count, points.Length / count);
        var halves = targets.Square().Sum([1]) * 0.5;
        var sum = sums is null ? null : Tensor.Zeros([count, points.Length / count], DType.Float64);
        var room = FeatureBlocks.Room(sets[0].Dimension);
        var sample = 0;
        foreach (var set in sets)
            foreach (var rows in FeatureBlocks.Of(set.Features))
            {
                using var block = new TensorScope();
                var some = set.Block(rows, room);
                var scores = some.Mm(targets.T()) - halves;                     // [B, R K]
                var values = scores.AsSpan<float>();
                var first = sample;
                for (var n = 0; n < (int)rows.Count; n++, sample++)
                    look(sample, set, (int)rows.Start + n, values.Slice(n * count, count));
                GC.KeepAlive(scores);
                sum?.AddInPlace(Members(first, (int)rows.Count).T().Mm(some).To(DType.Float64));
            }

        sum?.CopyTo<double>(sums);
    }

    /// <summary>1 where a sample is in a cluster of a run, [B, R K].</summary>
    private Tensor Members(int first, int count)
    {
        var members = new float[count * runs * clusters];
        for (var n = 0; n < count; n++)
            for (var r = 0; r < runs; r++)
                members[(((n * runs) + r) * clusters) + assigned[r][first + n]] = 1;
        return Tensor.FromArray<float>(members, count, runs * clusters);
    }

    private float[] Row(int sample)
    {
        using var scope = new TensorScope();
        foreach (var set in sets)
        {
            if (sample < set.Count)
                return set.Block((sample, 1), Tensor.Empty([1, set.Dimension])).ToArray<float>();
            sample -= set.Count;
        }

        throw new AtelierException(FailureKind.Bug, "A sample beyond the last was drawn.");
    }

    /// <summary>The sample in whose part of the sum of weights a share falls; any where all weights are
    /// 0.</summary>
    private static int Draw(double[] weights, double share)
    {
        var rest = share * weights.Sum();
        for (var n = 0; n < weights.Length; n++)
        {
            rest -= weights[n];
            if (rest < 0) return n;
        }

        return (int)(share * weights.Length);
    }

    private delegate void Look(int sample, CentredFeatures set, int place, ReadOnlySpan<float> scores);
}
