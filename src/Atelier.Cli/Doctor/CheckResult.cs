namespace Atelier.Cli.Doctor;

/// <summary>One finding of the doctor.</summary>
/// <param name="Name">What was looked at, a few words.</param>
/// <param name="Status">How it came out.</param>
/// <param name="Finding">What is there.</param>
/// <param name="Mend">How to mend it, a sentence with the command; null when there is nothing to
/// mend.</param>
/// <param name="Details">More lines, as the paths tried; null when there are none.</param>
internal sealed record CheckResult(
    string Name,
    CheckStatus Status,
    string Finding,
    string? Mend = null,
    IReadOnlyList<string>? Details = null)
{
    /// <summary>All is well.</summary>
    public static CheckResult Ok(string name, string finding, IReadOnlyList<string>? details = null) =>
        new(name, CheckStatus.Ok, finding, null, details);

    /// <summary>It works, with a drawback.</summary>
    public static CheckResult Warn(string name, string finding, string mend,
        IReadOnlyList<string>? details = null) =>
        new(name, CheckStatus.Warn, finding, mend, details);

    /// <summary>It does not work.</summary>
    public static CheckResult Fail(string name, string finding, string mend,
        IReadOnlyList<string>? details = null) =>
        new(name, CheckStatus.Fail, finding, mend, details);
}
