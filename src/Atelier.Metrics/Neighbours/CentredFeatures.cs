using System.Globalization;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// One set of features as the screening of pairs needs it: float32 blocks about a centre, and for each sample
/// two bounds of half its squared norm.
/// </summary>
/// <remarks>
/// With g the float32 product of two centred rows, half the squared distance lies between Low(x) + Low(y) - g
/// and High(x) + High(y) - g. A product of D terms is wrong by at most D u |x| |y| / (1 - D u), u = 2^-24, in
/// whatever order it is summed (Higham, Accuracy and stability of numerical algorithms, section 3.1), which
/// is at most half of that times |x|^2 + |y|^2; the rounding of the centring and of the comparisons is some
/// units more. The centre changes no distance; the nearer it is, the tighter are the bounds.
/// </remarks>
internal sealed class CentredFeatures
{
    private const double UnitRoundoff = 1.0 / (1 << 24);
    private const int OtherRoundings = 64;

    private readonly Tensor? centre;
    private readonly double[]? scales;

    /// <summary>Looks at all samples once.</summary>
    /// <param name="features">[N, D], float32, contiguous, on the host; it stays the caller's.</param>
    /// <param name="centre">[D], float32; it stays the caller's. Null for distances of directions: each
    /// sample is scaled to length 1 and none is moved.</param>
    /// <exception cref="AtelierException">A value that is not finite, or too large to be squared
    /// (Numeric).</exception>
    public CentredFeatures(Tensor features, Tensor? centre)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        Features = features;
        scales = centre is null ? Scales(features) : null;
        Dimension = (int)features.Size(1);
        this.centre = centre;
        Low = new float[features.Size(0)];
        High = new float[Low.Length];
        var origin = new float[Dimension];
        var slack = (Dimension + OtherRoundings) * UnitRoundoff;
        var room = FeatureBlocks.Room(Dimension);
        foreach (var block in FeatureBlocks.Of(features))
        {
            using var blockScope = new TensorScope();
            var rows = Block(block, room);
            var values = rows.AsSpan<float>();
            for (var k = 0; k < (int)block.Count; k++)
            {
                var half = ExactDistance.Squared(values.Slice(k * Dimension, Dimension), origin) / 2;
                Low[block.Start + k] = MathF.BitDecrement((float)(half * (1 - slack)));
                High[block.Start + k] = MathF.BitIncrement((float)(half * (1 + slack)));
                // Far enough from overflow that no product of two samples can reach it.
                if (!(High[block.Start + k] < float.MaxValue / 4)) throw Unusable(features.AsSpan<float>());
            }

            GC.KeepAlive(rows);
        }
    }

    /// <summary>[N, D], as they were given.</summary>
    public Tensor Features { get; }

    /// <summary>N.</summary>
    public int Count => Low.Length;

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>Half the squared norms [N], not above the true ones by more than all rounding.</summary>
    public float[] Low { get; }

    /// <summary>Half the squared norms [N], not below the true ones with all rounding.</summary>
    public float[] High { get; }

    /// <summary>Some samples about the centre, [B, D], as the first rows of a room that the caller
    /// has.</summary>
    /// <param name="block">Which.</param>
    /// <param name="room">At least so many rows, [R, D], float32; overwritten.</param>
    public Tensor Block((long Start, long Count) block, Tensor room)
    {
        using var scope = new TensorScope();
        var rows = room.Narrow(0, 0, block.Count);
        rows.CopyInPlace(Features.Narrow(0, block.Start, block.Count));
        if (centre is not null)
        {
            rows.SubInPlace(centre);
        }
        else
        {
            var some = scales.AsSpan((int)block.Start, (int)block.Count);
            rows.MulInPlace(Tensor.FromArray<double>(some, block.Count, 1).To(DType.Float32));
        }

        return scope.Keep(rows);
    }

    /// <summary>The squared distance of a sample of this set to one of another, by differences in
    /// float64.</summary>
    public double Squared(int sample, CentredFeatures other, int otherSample)
    {
        var own = Features.AsSpan<float>().Slice(sample * Dimension, Dimension);
        var others = other.Features.AsSpan<float>().Slice(otherSample * Dimension, Dimension);
        return scales is null
            ? ExactDistance.Squared(own, others)
            : ExactDistance.SquaredOfScaled(own, scales[sample], others, other.scales![otherSample]);
    }

    private static double[] Scales(Tensor features)
    {
        var scales = new double[features.Size(0)];
        foreach (var block in FeatureBlocks.Of(features))
        {
            using var scope = new TensorScope();
            var squares = FeatureBlocks.Load(features, block).Square().Sum([1]).ToArray<double>();
            // A sample of zeros has no direction; it stays zero, at the distance 1 from all that have one.
            for (var k = 0; k < squares.Length; k++)
                scales[block.Start + k] = squares[k] > 0 ? 1 / Math.Sqrt(squares[k]) : 0;
        }

        return scales;
    }

    private AtelierException Unusable(ReadOnlySpan<float> values)
    {
        // One such number is in the centre and so in all rows about it; the sample is where it is largest.
        var worst = 0;
        for (var k = 0; k < values.Length && !float.IsNaN(values[worst]); k++)
            if (!(MathF.Abs(values[k]) <= MathF.Abs(values[worst])))
                worst = k;
        return new AtelierException(
            FailureKind.Numeric, string.Create(
                CultureInfo.InvariantCulture,
                $"Feature {worst % Dimension} of sample {worst / Dimension} is {values[worst]}; expected ")
            + "are finite numbers that can be squared in float32. Check the generator's images and the "
            + "backbone's weights.");
    }
}
