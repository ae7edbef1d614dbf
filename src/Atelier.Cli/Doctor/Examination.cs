using Atelier.Cli.Application;

namespace Atelier.Cli.Doctor;

/// <summary>Runs the checks. A new check is one file and one line here.</summary>
internal static class Examination
{
    /// <summary>The checks of a real machine.</summary>
    public static IReadOnlyList<IDoctorCheck> OfThisMachine(AtelierHome home) =>
    [
        new SystemCheck(),
        new ProcessorCheck(ReadOrEmpty("/proc/cpuinfo")),
        new ResourcesCheck(ReadOrEmpty("/proc/meminfo"), Environment.CurrentDirectory),
        new LibtorchCheck(),
        new BlasCheck(BlasCheck.SystemPaths),
        new ImageLibrariesCheck(),
        new ShippedFilesCheck(home, ShippedFilesCheck.FashionFolder),
    ];

    /// <summary>Looks at everything; a check that throws becomes a failed finding of its own.</summary>
    public static DoctorReport Run(IEnumerable<IDoctorCheck> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        List<CheckResult> results = [.. checks.SelectMany(LookSafely)];
        return new DoctorReport(ProductVersion.Text,
            results.TrueForAll(each => each.Status != CheckStatus.Fail), results);
    }

    private static List<CheckResult> LookSafely(IDoctorCheck check)
    {
        try
        {
            return [.. check.Look()];
        }
#pragma warning disable CA1031 // The doctor reports what is broken; it must not break on it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var mend = exception is AtelierException ? "See the sentence above."
                : "This is a bug in the doctor: please report it.";
            return [CheckResult.Fail(check.GetType().Name, exception.Message, mend)];
        }
    }

    private static string ReadOrEmpty(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
