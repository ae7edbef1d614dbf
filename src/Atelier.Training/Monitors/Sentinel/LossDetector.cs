using System.Globalization;

namespace Atelier.Training.Monitors;

/// <summary>
/// A jump of D's loss: far above what it was, by its own spread, and above what a discriminator pays that
/// answers 0 to everything. The second bar is known from the loss alone, so it also judges a run that was
/// broken from its first step.
/// </summary>
/// <param name="chance">D's loss when every logit is 0; 0 or less where that says nothing, as with the
/// Wasserstein loss.</param>
public sealed class LossDetector(double chance) : ICollapseDetector
{
    /// <summary>Looks that the median is taken of; before so many only the bar of chance counts.</summary>
    public const int Window = 8;

    /// <summary>Spreads above the median that are a sign.</summary>
    public const double SignSpreads = 8;

    /// <summary>Multiples of the loss of chance that are a sign.</summary>
    public const double SignChance = 1.5;

    /// <summary>Multiples of the loss of chance that are an alarm.</summary>
    public const double AlarmChance = 3;

    // A series as smooth as glass would make every ripple a jump.
    private const double LeastSpread = 0.05;

    /// <inheritdoc/>
    public Symptom? Examine(IReadOnlyList<SentinelLook> past, SentinelLook now)
    {
        var loss = now.LossDiscriminator;
        if (chance > 0 && loss > SignChance * chance)
            return new Symptom(loss > AlarmChance * chance, string.Create(CultureInfo.InvariantCulture,
                $"D's loss is {loss:G4}, {loss / chance:0.0} times that of a D that answers 0 to " +
                $"everything"));
        if (past.Count < Window) return null;
        var before = past.TakeLast(Window).Select(static look => look.LossDiscriminator).ToArray();
        var median = Medians.Of(before);
        var spread = Math.Max(Medians.Spread(before, median), LeastSpread * Scale(median));
        return loss - median > SignSpreads * spread
            ? new Symptom(false, string.Create(CultureInfo.InvariantCulture,
                $"D's loss jumped to {loss:G4} from a median of {median:G4} over the {Window} looks before"))
            : null;
    }

    private double Scale(double median) => Math.Max(Math.Abs(median), chance / 2);
}
