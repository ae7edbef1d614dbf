using System.Globalization;

namespace Atelier.Training.Monitors;

/// <summary>
/// Images of one class that become one image: the distance between images of fixed latents, in pixels and in
/// D's features, against that of real images and against the looks before.
/// </summary>
public sealed class DiversityDetector : ICollapseDetector
{
    /// <summary>Looks that the median is taken of; before so many nothing is judged.</summary>
    public const int Window = 8;

    /// <summary>Share of the median below which diversity is a sign.</summary>
    public const double SignShare = 0.5;

    /// <summary>Share of the median below which it is an alarm, if also below
    /// <see cref="AlarmLevel"/>.</summary>
    public const double AlarmShare = 0.25;

    /// <summary>Share of the diversity of real images below which there is little left to lose.</summary>
    public const double AlarmLevel = 0.1;

    // What was never varied cannot collapse: at the start all images of a class are alike.
    private const double Established = 0.2;

    /// <inheritdoc/>
    public Symptom? Examine(IReadOnlyList<SentinelLook> past, SentinelLook now)
    {
        if (past.Count < Window) return null;
        return Worse(
            Judge(past, now, "pixels", static look => look.PixelDiversity),
            Judge(past, now, "D's features", static look => look.FeatureDiversity));
    }

    private static Symptom? Worse(Symptom? a, Symptom? b) => b is { IsAlarm: true } ? b : a ?? b;

    private static Symptom? Judge(
        IReadOnlyList<SentinelLook> past, SentinelLook now, string space, Func<SentinelLook, double> of)
    {
        var median = Medians.Of(past.TakeLast(Window).Select(of));
        var value = of(now);
        if (!(median >= Established) || !(value < SignShare * median)) return null;
        return new Symptom(
            value < AlarmShare * median && value < AlarmLevel,
            string.Create(CultureInfo.InvariantCulture,
                $"images of one class differ in {space} by {value:G3} of what real ones do, after a median " +
                $"of {median:G3} over the {Window} looks before"));
    }
}
