namespace Atelier.Cli.Doctor;

/// <summary>The JSON document of <c>atelier doctor</c>.</summary>
/// <param name="Version">The version of Atelier.</param>
/// <param name="Ok">True when no check failed.</param>
/// <param name="Checks">Every finding, in a fixed order.</param>
internal sealed record DoctorReport(string Version, bool Ok, IReadOnlyList<CheckResult> Checks);
