using Atelier.Training.Progress;

namespace Atelier.Cli.Progress;

/// <summary>The words and bars of a training display, free of any terminal.</summary>
internal static class TickText
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const double BytesPerMiB = 1024 * 1024;

    /// <summary>One line with everything, for a log or a pipe.</summary>
    public static string Line(TickStats tick)
    {
        ArgumentNullException.ThrowIfNull(tick);
        return Invariant(
            $"step {tick.Step}/{tick.TotalSteps} ({Percent(tick)} %)  {tick.ImagesPerSecond:0.0} img/s  ")
            + $"left {Remaining(tick.EtaSeconds)}  {Losses(tick)}  {Logits(tick)}  "
            + Memory(tick.Memory.Resident);
    }

    /// <summary>Both losses.</summary>
    public static string Losses(TickStats tick) =>
        Invariant($"loss D {tick.LossDiscriminator:0.000} G {tick.LossGenerator:0.000}");

    /// <summary>Both mean logits.</summary>
    public static string Logits(TickStats tick) =>
        Invariant($"D(real) {tick.DReal:+0.00;-0.00} D(fake) {tick.DFake:+0.00;-0.00}");

    /// <summary>Memory in MiB, or GiB from 10 GiB on.</summary>
    public static string Memory(long bytes)
    {
        var mib = bytes / BytesPerMiB;
        return mib < 10 * 1024 ? Invariant($"{mib:0} MiB") : Invariant($"{mib / 1024:0.0} GiB");
    }

    /// <summary>Seconds as 1:02:03 or 2:03; "?" while they are not known or beyond all patience.</summary>
    public static string Remaining(double? seconds) =>
        seconds is { } known && known < TimeSpan.MaxValue.TotalSeconds
            ? Clock(TimeSpan.FromSeconds(known))
            : "?";

    /// <summary>Whole percent done, 100 only at the end.</summary>
    public static int Percent(TickStats tick)
    {
        ArgumentNullException.ThrowIfNull(tick);
        return tick.TotalSteps <= 0 ? 0 : (int)Math.Clamp(100 * tick.Step / tick.TotalSteps, 0, 100);
    }

    /// <summary>
    /// A curve of bars, lowest to highest value; a value that is not finite shows as a blank.
    /// </summary>
    public static string Curve(IReadOnlyCollection<double> values)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty().ToList();
        var (least, most) = (finite.Min(), finite.Max());
        var scale = most > least ? (Bars.Length - 1) / (most - least) : 0;
        return string.Concat(values.Select(value =>
            double.IsFinite(value) ? Bars[(int)Math.Round((value - least) * scale)] : ' '));
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? Invariant($"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : Invariant($"{time.Minutes}:{time.Seconds:00}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
