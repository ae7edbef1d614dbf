namespace Atelier.Cli.Progress;

/// <summary>The words and bars of a training display, free of any terminal.</summary>
internal static class TickText
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const double BytesPerMiB = 1024 * 1024;

    /// <summary>One line with everything, for a log or a pipe.</summary>
    public static string Line(TrainingTick tick)
    {
        ArgumentNullException.ThrowIfNull(tick);
        return Invariant(
            $"step {tick.Step}/{tick.TotalSteps} ({Percent(tick)} %)  {tick.ImagesPerSecond:0.0} img/s  ")
            + $"left {Remaining(tick.Remaining)}  {Losses(tick)}  {Logits(tick)}  {Memory(tick.MemoryBytes)}";
    }

    /// <summary>Both losses.</summary>
    public static string Losses(TrainingTick tick) =>
        Invariant($"loss D {tick.DiscriminatorLoss:0.000} G {tick.GeneratorLoss:0.000}");

    /// <summary>Both mean logits.</summary>
    public static string Logits(TrainingTick tick) =>
        Invariant($"D(real) {tick.RealLogit:+0.00;-0.00} D(fake) {tick.FakeLogit:+0.00;-0.00}");

    /// <summary>Memory in MiB, or GiB from 10 GiB on.</summary>
    public static string Memory(long bytes)
    {
        var mib = bytes / BytesPerMiB;
        return mib < 10 * 1024 ? Invariant($"{mib:0} MiB") : Invariant($"{mib / 1024:0.0} GiB");
    }

    /// <summary>A time as 1:02:03 or 2:03; "?" while it is not known.</summary>
    public static string Remaining(TimeSpan? time) => time switch
    {
        null => "?",
        { TotalHours: >= 1 } t => Invariant($"{(long)t.TotalHours}:{t.Minutes:00}:{t.Seconds:00}"),
        { } t => Invariant($"{t.Minutes}:{t.Seconds:00}"),
    };

    /// <summary>Whole percent done, 100 only at the end.</summary>
    public static int Percent(TrainingTick tick)
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

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
