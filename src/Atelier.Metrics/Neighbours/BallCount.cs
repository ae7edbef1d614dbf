using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Who lies in whose neighbourhood, of two sets whose samples have a ball each: one pass over all pairs,
/// block by block. The float32 products decide a pair where their rounding allows; where it does not, the
/// distance is measured by differences in float64.
/// </summary>
internal sealed class BallCount
{
    private readonly CentredFeatures real;
    private readonly CentredFeatures fake;
    private readonly double[] realRadii;
    private readonly double[] fakeRadii;
    private readonly float[] realReaches;
    private readonly float[] fakeReaches;

    private BallCount(CentredFeatures real, double[] realRadii, CentredFeatures fake, double[] fakeRadii)
    {
        (this.real, this.realRadii, this.fake, this.fakeRadii) = (real, realRadii, fake, fakeRadii);
        realReaches = Reaches(real, realRadii);
        fakeReaches = Reaches(fake, fakeRadii);
        Balls = new int[fake.Count];
        IsRecalled = new bool[real.Count];
        IsCovered = new bool[real.Count];
    }

    /// <summary>Real balls around each generated sample, [M].</summary>
    public int[] Balls { get; }

    /// <summary>Whether a real sample lies in a ball of a generated one, [N].</summary>
    public bool[] IsRecalled { get; }

    /// <summary>Whether a generated sample lies in the ball of a real one, [N].</summary>
    public bool[] IsCovered { get; }

    /// <summary>Counts. Balls are open: a sample at exactly the radius is outside.</summary>
    /// <param name="real">[N, D], float32.</param>
    /// <param name="realRadii">Squared radii [N].</param>
    /// <param name="fake">[M, D], float32.</param>
    /// <param name="fakeRadii">Squared radii [M].</param>
    /// <param name="advance">Called after each block of pairs; may throw to stop.</param>
    public static BallCount Of(
        Tensor real, double[] realRadii, Tensor fake, double[] fakeRadii,
        Action? advance = null)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var centre = (real.Mean([0]) + fake.Mean([0])) * 0.5;
        var realSet = new CentredFeatures(real, centre);
        var fakeSet = new CentredFeatures(fake, centre);
        var count = new BallCount(realSet, realRadii, fakeSet, fakeRadii);
        var blocks = new BlockProducts(realSet.Dimension);
        foreach (var rows in FeatureBlocks.Of(real))
        {
            using var rowScope = new TensorScope();
            var left = blocks.Left(realSet, rows);
            foreach (var columns in FeatureBlocks.Of(fake))
            {
                using var block = new TensorScope();
                count.Take(rows, columns, blocks.Multiply(left, blocks.Right(fakeSet, columns)));
                advance?.Invoke();
            }
        }

        return count;
    }

    private static float[] Reaches(CentredFeatures set, double[] radii)
    {
        var reaches = new float[set.Count];
        for (var k = 0; k < reaches.Length; k++) reaches[k] = PairScreen.Reach(set.Low[k], radii[k]);
        return reaches;
    }

    private void Take((long Start, long Count) rows, (long Start, long Count) columns, Tensor products)
    {
        var g = products.AsSpan<float>();
        var (first, width) = ((int)columns.Start, (int)columns.Count);
        var found = new int[width];
        for (var r = 0; r < (int)rows.Count; r++)
        {
            var row = (int)rows.Start + r;
            var line = g.Slice(r * width, width);
            var count = PairScreen.Collect(
                line, fake.Low.AsSpan(first, width), fakeReaches.AsSpan(first, width), real.Low[row],
                realReaches[row], found);
            foreach (var n in found.AsSpan(0, count)) Decide(row, first + n, line[n]);
        }

        GC.KeepAlive(products);
    }

    private void Decide(int row, int column, float product)
    {
        var square = double.NaN;
        if (product - fake.Low[column] >= realReaches[row])
        {
            var isSure = product - fake.High[column]
                >= PairScreen.SureReach(real.High[row], realRadii[row]);
            if (isSure || Measure(row, column, ref square) < realRadii[row])
            {
                Balls[column]++;
                IsCovered[row] = true;
            }
        }

        if (IsRecalled[row] || product - real.Low[row] < fakeReaches[column]) return;
        IsRecalled[row] =
            product - real.High[row] >= PairScreen.SureReach(fake.High[column], fakeRadii[column])
            || Measure(row, column, ref square) < fakeRadii[column];
    }

    private double Measure(int row, int column, ref double square)
    {
        if (!double.IsNaN(square)) return square;
        square = real.Squared(row, fake, column);
        return square;
    }
}
