using Atelier.Training.Telemetry;

namespace Atelier.Training.Benchmarks;

/// <summary>The largest resident set of this process (VmHWM of Linux); it can be measured anew.</summary>
public static class PeakMemory
{
    private const string ClearFile = "/proc/self/clear_refs";
    private const string ResetPeak = "5";
    private const double Mebibyte = 1048576;

    /// <summary>Forgets the peak so far.</summary>
    /// <returns>False where the system does not allow it: the peak is then that of the whole process.
    /// </returns>
    public static bool Reset()
    {
        try
        {
            File.WriteAllText(ClearFile, ResetPeak);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The peak in mebibytes; negative where the system does not tell.</summary>
    public static double Megabytes() => MemoryProbe.Read().PeakResident / Mebibyte;
}
