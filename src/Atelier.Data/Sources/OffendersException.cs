using System.Globalization;
using System.Text;

namespace Atelier.Data;

/// <summary>
/// A source with images that cannot be used; nothing was written. The message shows the first of them.
/// </summary>
public sealed class OffendersException : AtelierException
{
    private const int Shown = 20;

    /// <summary>Creates the failure.</summary>
    /// <param name="source">What was scanned.</param>
    /// <param name="offenders">All of them, in the order of the source.</param>
    /// <param name="skippable">Whether leaving them out (<c>--skip-bad</c>) would help.</param>
    public OffendersException(string source, IReadOnlyList<Offender> offenders, bool skippable)
        : base(FailureKind.Dataset, Message(source, offenders, skippable)) => Offenders = offenders;

    /// <summary>All of them, in the order of the source.</summary>
    public IReadOnlyList<Offender> Offenders { get; }

    private static new string Message(string source, IReadOnlyList<Offender> offenders, bool skippable)
    {
        var what = offenders.Count == 1 ? "1 entry" : offenders.Count.ToString(CultureInfo.InvariantCulture)
            + " entries";
        var text = new StringBuilder($"{source}: {what} cannot be used, and nothing was written:\n");
        foreach (var (name, reason) in offenders.Take(Shown))
            text.Append("  ").Append(name).Append(": ").Append(reason).Append('\n');
        if (offenders.Count > Shown)
            text.Append(CultureInfo.InvariantCulture, $"  ... and {offenders.Count - Shown} more\n");
        return text.Append(skippable
            ? "Mend or remove them, or leave them out with 'atelier data pack … --skip-bad'."
            : "Mend or remove them.").ToString();
    }
}
