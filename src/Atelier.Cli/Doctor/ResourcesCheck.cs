using System.Globalization;

namespace Atelier.Cli.Doctor;

/// <summary>Memory, and disk where runs go.</summary>
/// <param name="memInfo">The text of /proc/meminfo.</param>
/// <param name="folder">The folder in which runs would be written.</param>
internal sealed class ResourcesCheck(string memInfo, string folder) : IDoctorCheck
{
    private const double EnoughMemoryGiB = 2;
    private const double EnoughDiskGiB = 2;
    private const double KiBPerGiB = 1024 * 1024;

    /// <inheritdoc/>
    public IEnumerable<CheckResult> Look()
    {
        var available = KiB("MemAvailable:") / KiBPerGiB;
        var memory = Invariant($"{available:0.0} GiB free of {KiB("MemTotal:") / KiBPerGiB:0.0}");
        yield return available >= EnoughMemoryGiB
            ? CheckResult.Ok("memory", memory)
            : CheckResult.Warn("memory", memory, "Close other programs, or train with a smaller batch.");

        var free = new DriveInfo(folder).AvailableFreeSpace / (KiBPerGiB * 1024);
        var disk = Invariant($"{free:0.0} GiB free at {folder}");
        yield return free >= EnoughDiskGiB
            ? CheckResult.Ok("disk", disk)
            : CheckResult.Warn("disk", disk, "Free some space, or give --out a folder on another disk.");
    }

    private double KiB(string key)
    {
        var line = memInfo.Split('\n')
            .FirstOrDefault(each => each.StartsWith(key, StringComparison.Ordinal)) ?? "";
        var number = line[Math.Min(key.Length, line.Length)..].Replace("kB", "", StringComparison.Ordinal)
            .Trim();
        return double.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kib) ? kib
            : 0;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
