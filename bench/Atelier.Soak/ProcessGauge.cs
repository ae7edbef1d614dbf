using System.Globalization;
using System.Runtime.InteropServices;

namespace Atelier.Soak;

/// <summary>What this process holds, as the kernel counts it.</summary>
internal static class ProcessGauge
{
    private const string StatusFile = "/proc/self/status";

    /// <summary>
    /// Resident anonymous memory in bytes; pages of mapped files come and go as the kernel likes, and are not
    /// in it.
    /// </summary>
    public static long ResidentBytes() => 1024 * Status("RssAnon:");

    /// <summary>Threads.</summary>
    public static long Threads() => Status("Threads:");

    /// <summary>Open file descriptors.</summary>
    public static long Handles() => Directory.EnumerateFileSystemEntries("/proc/self/fd").LongCount();

    /// <summary>Mappings of packed files into the address space.</summary>
    public static long MappedFiles()
        => File.ReadLines("/proc/self/maps")
            .LongCount(line => line.EndsWith(".atl", StringComparison.Ordinal));

    /// <summary>
    /// Whether the gauge sees what it should: 64 MiB that are touched must show, and must go again when
    /// freed.
    /// </summary>
    public static unsafe bool SeesMemory()
    {
        const int bytes = 64 << 20;
        const int tolerance = 4 << 20;
        var before = ResidentBytes();
        var block = (byte*)NativeMemory.Alloc(bytes);
        new Span<byte>(block, bytes).Fill(1);
        var during = ResidentBytes();
        NativeMemory.Free(block);
        var after = ResidentBytes();
        return Math.Abs(during - before - bytes) < tolerance && Math.Abs(after - before) < tolerance;
    }

    private static long Status(string field)
    {
        var line = File.ReadLines(StatusFile).First(l => l.StartsWith(field, StringComparison.Ordinal));
        var number = line.AsSpan(field.Length).TrimEnd("kB").Trim();
        return long.Parse(number, NumberStyles.Integer, CultureInfo.InvariantCulture);
    }
}
