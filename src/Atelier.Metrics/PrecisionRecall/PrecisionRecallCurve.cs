namespace Atelier.Metrics;

/// <summary>
/// Precision against recall of distributions (Sajjadi et al., Assessing generative models via precision and
/// recall, arXiv:1806.00035): how much of one discrete distribution can be made of the other, for every
/// exchange between the two.
/// </summary>
/// <remarks>
/// For a slope l = tan of an angle, alpha(l) = sum over the states of min(l p, q) and beta(l) = alpha(l) / l,
/// where p is the real distribution and q the generated one. The angles lie evenly from 0 to a right angle,
/// both ends moved inwards by 1e-10 as in the authors' program.
/// </remarks>
public sealed class PrecisionRecallCurve
{
    /// <summary>Angles in the authors' program.</summary>
    public const int StandardAngles = 1001;

    private const int ShownPoints = 40;
    private const double EdgeAngle = 1e-10;
    private const double NoZeroDivision = 1e-10;

    private readonly double[] precision;
    private readonly double[] recall;

    private PrecisionRecallCurve(double[] precision, double[] recall) =>
        (this.precision, this.recall) = (precision, recall);

    /// <summary>Precision alpha at each angle, rising, 0 to 1.</summary>
    public IReadOnlyList<double> Precision => precision;

    /// <summary>Recall beta at each angle, falling, 0 to 1.</summary>
    public IReadOnlyList<double> Recall => recall;

    /// <summary>The curve of two distributions over the same states.</summary>
    /// <param name="real">Probabilities, with the sum 1.</param>
    /// <param name="fake">Probabilities, with the sum 1.</param>
    /// <param name="angles">How many points, at least 3.</param>
    public static PrecisionRecallCurve Of(
        ReadOnlySpan<double> real, ReadOnlySpan<double> fake, int angles = StandardAngles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(angles, 3);
        ArgumentOutOfRangeException.ThrowIfNotEqual(fake.Length, real.Length);
        var (precision, recall) = (new double[angles], new double[angles]);
        for (var k = 0; k < angles; k++)
        {
            var slope = Math.Tan(EdgeAngle + (((Math.PI / 2) - (2 * EdgeAngle)) * k / (angles - 1)));
            for (var state = 0; state < real.Length; state++)
                precision[k] += Math.Min(real[state] * slope, fake[state]);
            recall[k] = precision[k] / slope;
            // A sum of probabilities may come out as 1 + 1e-16.
            (precision[k], recall[k]) = (Math.Min(1, precision[k]), Math.Min(1, recall[k]));
        }

        return new PrecisionRecallCurve(precision, recall);
    }

    /// <summary>The mean of curves with the same angles, angle by angle.</summary>
    public static PrecisionRecallCurve Mean(IReadOnlyList<PrecisionRecallCurve> curves) => new(
        [.. Enumerable.Range(0, curves[0].precision.Length).Select(k => curves.Average(c => c.precision[k]))],
        [.. Enumerable.Range(0, curves[0].recall.Length).Select(k => curves.Average(c => c.recall[k]))]);

    /// <summary>About forty points of the curve, recall against precision: enough for a picture.</summary>
    public IReadOnlyList<MetricPoint> Points()
    {
        var every = Math.Max(1, (precision.Length - 1) / ShownPoints);
        return
        [
            .. Enumerable.Range(0, precision.Length)
                .Where(k => k % every == 0 || k == precision.Length - 1)
                .Select(k => new MetricPoint(recall[k], precision[k])),
        ];
    }

    /// <summary>
    /// The largest F-score on the curve, (1 + beta^2) p r / (beta^2 p + r). The authors sum a curve up as
    /// F_8, which weighs recall, and F_1/8, which weighs precision.
    /// </summary>
    /// <param name="beta">Above 0.</param>
    public double LargestFScore(double beta)
    {
        var square = beta * beta;
        return precision.Zip(recall, (p, r) => (1 + square) * p * r / ((square * p) + r + NoZeroDivision))
            .Max();
    }
}
