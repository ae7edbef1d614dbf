using System.Globalization;

namespace Atelier.Training.Monitors;

/// <summary>
/// The explosion of a weight of G: its largest singular value against the median of the looks before. Growth
/// over a whole training is healthy; doubling within a few looks is not (BigGAN, section 4.1).
/// </summary>
public sealed class SpectrumDetector : ICollapseDetector
{
    /// <summary>Looks that the median is taken of; before so many nothing is judged.</summary>
    public const int Window = 8;

    /// <summary>Growth against the median that is a sign.</summary>
    public const double SignGrowth = 2;

    /// <summary>Growth against the median that is an alarm.</summary>
    public const double AlarmGrowth = 4;

    // Below the norm of a useful layer there is nothing to explode: tables of gains begin near zero.
    private const double Floor = 1;

    /// <summary>
    /// The layer that grew most and its growth against the median; null before there are enough looks.
    /// </summary>
    public static (string Layer, double Growth, double Median)? Most(
        IReadOnlyList<SentinelLook> past, SentinelLook now)
    {
        if (past.Count < Window) return null;
        (string Layer, double Growth, double Median)? most = null;
        foreach (var (layer, sigma) in now.Sigma)
        {
            var before = past.TakeLast(Window)
                .Select(look => look.Sigma.GetValueOrDefault(layer, double.NaN)).ToArray();
            if (before.Any(double.IsNaN)) continue;
            var median = Math.Max(Floor, Medians.Of(before));
            if (most is null || sigma / median > most.Value.Growth) most = (layer, sigma / median, median);
        }

        return most;
    }

    /// <inheritdoc/>
    public Symptom? Examine(IReadOnlyList<SentinelLook> past, SentinelLook now)
    {
        if (Most(past, now) is not { Growth: >= SignGrowth } most) return null;
        return new Symptom(most.Growth >= AlarmGrowth, string.Create(CultureInfo.InvariantCulture,
            $"the largest singular value of G's {most.Layer} is {most.Growth * most.Median:G4}, " +
            $"{most.Growth:0.0} times its median over the {Window} looks before"));
    }
}
