namespace Atelier.Cli.Doctor;

/// <summary>Looks at one thing of the machine.</summary>
internal interface IDoctorCheck
{
    /// <summary>Looks. Whatever it throws becomes a failed finding.</summary>
    IEnumerable<CheckResult> Look();
}
