using System.Runtime.InteropServices;

namespace Atelier.Cli.Doctor;

/// <summary>The operating system and .NET.</summary>
internal sealed class SystemCheck : IDoctorCheck
{
    private const int NeededMajor = 10;

    /// <inheritdoc/>
    public IEnumerable<CheckResult> Look()
    {
        yield return CheckResult.Ok("system", $"{SystemName()}, {RuntimeInformation.ProcessArchitecture}");
        yield return Environment.Version.Major >= NeededMajor
            ? CheckResult.Ok(".net", RuntimeInformation.FrameworkDescription)
            : CheckResult.Fail(".net", RuntimeInformation.FrameworkDescription,
                "Install the .NET 10 SDK from https://dot.net/download");
    }

    private static string SystemName()
    {
        const string Prefix = "PRETTY_NAME=";
        const string File = "/etc/os-release";
        var line = System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File)
                .FirstOrDefault(each => each.StartsWith(Prefix, StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.OSDescription : line[Prefix.Length..].Trim('"');
    }
}
