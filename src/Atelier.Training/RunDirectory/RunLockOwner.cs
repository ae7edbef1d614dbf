namespace Atelier.Training.RunDirectory;

/// <summary>
/// Which process holds a run directory. A process id alone is reused; with boot and start time it is not.
/// </summary>
/// <param name="Pid">Process id.</param>
/// <param name="BootId">Identifies one boot of one machine.</param>
/// <param name="StartTicks">Start of the process since boot, in the kernel's clock ticks.</param>
/// <param name="Host">Machine name, for the message.</param>
internal sealed record RunLockOwner(int Pid, string BootId, long StartTicks, string Host)
{
    public static RunLockOwner Current() =>
        new(Environment.ProcessId, ReadBootId(), StartTicksOf(Environment.ProcessId) ?? 0,
            Environment.MachineName);

    /// <summary>True where the process still runs on this machine.</summary>
    public bool IsAlive() => BootId == ReadBootId() && StartTicksOf(Pid) == StartTicks;

    private static string ReadBootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }

    private static long? StartTicksOf(int pid)
    {
        try
        {
            // The second field is the command in brackets and may hold anything; start time is the 20th after
            // it.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[19], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
