namespace Atelier.Training.Ablation;

/// <summary>Mean and spread over seeds.</summary>
/// <param name="Count">Runs that have the number.</param>
/// <param name="Mean">Their mean; NaN when there are none.</param>
/// <param name="Deviation">Standard deviation of the sample (divided by n - 1); null for fewer than
/// two.</param>
public sealed record Spread(int Count, double Mean, double? Deviation)
{
    /// <summary>Over numbers, of which there may be none.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        var all = values.ToList();
        if (all.Count == 0) return new Spread(0, double.NaN, null);
        var mean = all.Average();
        return new Spread(
            all.Count, mean,
            all.Count < 2 ? null : Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / (all.Count - 1)));
    }

    /// <summary>How a change from one spread to this one stands to the paper's.</summary>
    /// <param name="before">Without the change.</param>
    /// <param name="paperChange">The paper's difference; its sign counts.</param>
    public AblationVerdict Against(Spread before, double paperChange)
    {
        if (Deviation is not { } here || before.Deviation is not { } there) return AblationVerdict.Unknown;
        var error = Math.Sqrt((here * here / Count) + (there * there / before.Count));
        var change = Mean - before.Mean;
        if (Math.Abs(change) <= 2 * error) return AblationVerdict.WithinNoise;
        return Math.Sign(change) == Math.Sign(paperChange)
            ? AblationVerdict.AsInThePaper
            : AblationVerdict.AgainstThePaper;
    }
}
