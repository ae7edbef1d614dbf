namespace Atelier.Metrics;

/// <summary>For each sample its k smallest squared distances so far, and what is within reach of the
/// k-th.</summary>
internal sealed class SmallestDistances
{
    private readonly CentredFeatures features;
    private readonly double[] smallest;

    /// <summary>Starts with no distances.</summary>
    /// <param name="features">The samples, N.</param>
    /// <param name="wanted">k.</param>
    public SmallestDistances(CentredFeatures features, int wanted)
    {
        (this.features, Wanted) = (features, wanted);
        smallest = new double[checked(features.Count * wanted)];
        smallest.AsSpan().Fill(double.PositiveInfinity);
        Reaches = new float[features.Count];
        Reaches.AsSpan().Fill(float.NegativeInfinity);
    }

    /// <summary>k.</summary>
    public int Wanted { get; }

    /// <summary>What the screening compares with, [N]; see <see cref="PairScreen.Reach"/>.</summary>
    public float[] Reaches { get; }

    /// <summary>The k-th smallest of a sample; infinity while there are fewer than k.</summary>
    public double Largest(int sample) => smallest[(sample * Wanted) + Wanted - 1];

    /// <summary>Takes a squared distance where it is among the k smallest.</summary>
    public void Add(int sample, double square)
    {
        var own = smallest.AsSpan(sample * Wanted, Wanted);
        if (square >= own[^1]) return;
        var place = Wanted - 1;
        for (; place > 0 && own[place - 1] > square; place--) own[place] = own[place - 1];
        own[place] = square;
        Reaches[sample] = PairScreen.Reach(features.Low[sample], own[^1]);
    }

    /// <summary>The k-th smallest of all samples, [N].</summary>
    public double[] ToLargest() => [.. Enumerable.Range(0, features.Count).Select(Largest)];
}
