using System.Globalization;
using Atelier.Training.Progress;

namespace Atelier.Training.Telemetry;

/// <summary>Reads the memory of this process.</summary>
public static class MemoryProbe
{
    private const string StatusFile = "/proc/self/status";

    /// <summary>Memory now; -1 for what the system does not tell.</summary>
    public static MemorySample Read()
    {
        string status;
        try
        {
            status = File.ReadAllText(StatusFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            status = "";
        }

        return Parse(status) with { ManagedHeap = GC.GetTotalMemory(forceFullCollection: false) };
    }

    internal static MemorySample Parse(string status) =>
        new(Bytes(status, "VmRSS:"), Bytes(status, "VmHWM:"), -1);

    private static long Bytes(string status, string name)
    {
        foreach (var line in status.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(name, StringComparison.Ordinal))
                continue;
            var number = line[name.Length..].Trim();
            var end = number.IndexOf(' ');
            if (end > 0 && long.TryParse(number[..end], NumberStyles.None, CultureInfo.InvariantCulture,
                out var kibibytes))
                return kibibytes * 1024;
        }

        return -1;
    }
}
